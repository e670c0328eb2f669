package dev.sockbed.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words for how a transport is used, and how they stand in files. */
@Tag("unit")
class VariantTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp",
        "tcp+nagle",
        "tcp+quickack",
        "tcp+cubic",
        "tcp+bbr",
        "tcp+reno",
        "udp",
        "udp+retry"
      })
  void aWordIsReadAndWrittenAlike(String word) {
    Variant variant = Variant.parse(word);
    assertThat(variant.word()).isEqualTo(word);
    assertThat(word).startsWith(variant.transport().scheme());
    assertThat(Variant.parse(word.toUpperCase(Locale.ROOT))).isEqualTo(variant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tcp+", "tcp+nagel", "udp+cubic", "udp+nagle", "sctp", "tcp,udp"})
  void aWordThatIsNoneIsRefusedWithAListOfThem(String word) {
    assertThatThrownBy(() -> Variant.parse(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + word + "'")
        .hasMessageContaining("tcp+nagle")
        .hasMessageContaining("udp+retry")
        .hasMessageContaining("tcp+cubic");
  }

  @Test
  void aListNamesEachOnce() {
    assertThat(Variant.parseList("tcp, udp+retry,udp"))
        .containsExactly(Variant.TCP, Variant.UDP_RETRY, Variant.UDP);
    assertThatThrownBy(() -> Variant.parseList("tcp,udp,tcp"))
        .hasMessage("the variant tcp is named twice");
  }

  @Test
  void onlyDatagramsAreSentAgainByTheClient() {
    assertThat(Variant.UDP_RETRY.attempts()).isEqualTo(6);
    assertThat(List.of(Variant.TCP, Variant.UDP, Variant.TCP_NAGLE))
        .allMatch(variant -> variant.attempts() == 1);
  }

  @Test
  void aVariantOfOptionsChangesThemAndNothingElse() {
    TcpConfig tcp = TcpConfig.DEFAULT;
    assertThat(Variant.TCP.applied(tcp)).isEqualTo(tcp);
    assertThat(Variant.TCP_NAGLE.applied(tcp)).isEqualTo(tcp.withNoDelay(false));
    assertThat(Variant.TCP_QUICK_ACK.applied(tcp)).isEqualTo(tcp.withQuickAck(true));
    assertThat(Variant.parse("tcp+bbr").applied(tcp)).isEqualTo(tcp.withCongestionControl("bbr"));
    assertThat(Variant.UDP_RETRY.applied((SocketConfig) UdpConfig.DEFAULT))
        .isEqualTo(UdpConfig.DEFAULT);
    assertThatThrownBy(() -> Variant.UDP.applied((SocketConfig) tcp))
        .hasMessage("the sockets are tcp and the variant is udp");
  }

  @Test
  void aCellHasTheTransportAndTheVariant() throws IOException {
    Cell cell = SampleLinks.link(0, 10, false).getLast();
    assertThat(cell.variant()).isEqualTo("udp+retry");
    assertThat(cell.transport()).isEqualTo(Transport.UDP.scheme());
    String line = ResultsFile.toJsonLine(cell);
    assertThat(line).contains("\"transport\":\"udp\"").contains("\"variant\":\"udp+retry\"");
    assertThat(ResultsFile.cell(line)).isEqualTo(cell);
  }

  @Test
  void aCellOfAnOlderBuildHasItsWordInTheTransport() throws IOException {
    Cell cell = SampleLinks.link(0, 10, false).getLast();
    String older =
        ResultsFile.toJsonLine(cell)
            .replace("\"transport\":\"udp\"", "\"transport\":\"udp+retry\"")
            .replace("\"variant\":\"udp+retry\",", "");
    assertThat(older).contains("\"transport\":\"udp+retry\"").doesNotContain("variant");
    assertThat(ResultsFile.cell(older)).isEqualTo(cell);
  }

  @Test
  void variantsOfATransportAreDifferentPoints() {
    List<Cell> cells = SampleLinks.link(0, 10, false);
    assertThat(cells.stream().map(Point::of).distinct()).hasSize(3);
  }
}
