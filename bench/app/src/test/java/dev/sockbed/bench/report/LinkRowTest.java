package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.LinkDetail;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LinkRowTest {
  @Test
  void whatTheLinkDidAndWhatItTookAreTold() {
    LinkRow row = row("tcp", "tun", 23L, 0);

    assertThat(row.deadlines()).containsExactly("50 ms", "1 s");
    assertThat(row.shares()).containsExactly("90.0 %", "100 %");
    assertThat(row.sentences())
        .containsExactly(
            "tcp: the link dropped 30 of 1,200 packets; the system's TCP sent 23 segments again",
            "tcp: a new client waited 30.0 ms for its first echo, at most 30.0 ms; 1 of 2 got none",
            "tcp: after an outage the next echo came in 250 ms");
    assertThat(row.caveat()).isEmpty();
  }

  @Test
  void aSlowEmulatorAndARelayAreOwnedUpTo() {
    LinkRow row = row("udp", "relay", null, 4);

    assertThat(row.sentences())
        .contains("udp: the emulator was too slow for 4 packets; do not put that down to udp");
    assertThat(row.caveat()).startsWith("A relay stood between the two ends");
  }

  @Test
  void anEmulatorThatWasLateIsOwnedUpTo() {
    assertThat(row("udp", "tun", null, 0, 11).sentences())
        .noneMatch(sentence -> sentence.contains("late"));
    assertThat(row("udp", "tun", null, 0, 117).sentences())
        .contains(
            "udp: the emulator was over 1 ms late with 10.0 % of the packets; do not put that down"
                + " to udp");
  }

  @Test
  void thePictureHasAMarkForEachMessage() {
    String picture = LinkPicture.of(List.of(row("tcp", "tun", 1L, 0)));

    assertThat(picture).contains("dots-tcp").contains("fill-bad").contains("3 messages");
    assertThat(LinkPicture.of(List.of())).isEmpty();
  }

  private static LinkRow row(
      String manner, String mode, @Nullable Long retransmits, long unfetched) {
    return row(manner, mode, retransmits, unfetched, 0);
  }

  private static LinkRow row(
      String manner, String mode, @Nullable Long retransmits, long unfetched, long tardy) {
    return new LinkRow(
        manner,
        1_000,
        new LinkDetail(
            "loss=2%",
            mode,
            1,
            1,
            0,
            retransmits,
            new LinkDetail.Packets(600, 585, 15, 0, tardy, null),
            new LinkDetail.Packets(600, 585, 10, 5, 0, null),
            unfetched,
            List.of(
                new LinkDetail.InTime(50_000_000, 900),
                new LinkDetail.InTime(1_000_000_000, 1_000)),
            Arrays.asList(20_000_000L, null, 21_000_000L),
            Arrays.asList(30_000_000L, null),
            250_000_000L,
            0L,
            0,
            null),
        0);
  }
}
