package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.PacketOptions;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The flags for the system's socket options. */
@Tag("unit")
class SystemOptionFlagsTest {
  @Command(name = "probe")
  private static final class Probe {
    @Mixin private SystemOptionFlags flags;
  }

  private static SystemOptionFlags flags(String... arguments) {
    Probe probe = new Probe();
    CommandLine commandLine = new CommandLine(probe);
    Values.register(commandLine);
    commandLine.parseArgs(arguments);
    return probe.flags;
  }

  @Test
  void withoutFlagsAConfigurationStaysAsItIs() {
    SystemOptionFlags none = flags();
    assertThat(none.any()).isFalse();
    assertThat(none.change(TcpConfig.DEFAULT)).isEqualTo(TcpConfig.DEFAULT);
    assertThat(none.change(UdpConfig.DEFAULT)).isEqualTo(UdpConfig.DEFAULT);
    assertThat(none.forServer()).isEmpty();
  }

  @Test
  void eachFlagSetsItsOption() {
    SystemOptionFlags all =
        flags(
            "--nodelay",
            "no",
            "--quickack",
            "--keepalive",
            "--congestion",
            "reno",
            "--send-buffer",
            "64KiB",
            "--receive-buffer",
            "128KiB",
            "--dscp",
            "ef",
            "--ttl",
            "7",
            "--interface",
            "lo");
    assertThat(all.any()).isTrue();
    TcpConfig tcp = all.change(TcpConfig.DEFAULT);
    assertThat(tcp)
        .isEqualTo(
            TcpConfig.DEFAULT
                .withNoDelay(false)
                .withQuickAck(true)
                .withKeepAlive(true)
                .withCongestionControl("reno")
                .withSendBufferBytes(64 << 10)
                .withReceiveBufferBytes(128 << 10)
                .withPackets(new PacketOptions(46, 7, "lo")));
    assertThat(all.change(UdpConfig.DEFAULT).shared().packets()).isEqualTo(tcp.shared().packets());
    assertThat(all.forServer())
        .containsExactly(
            "--nodelay=no",
            "--quickack",
            "--keepalive",
            "--congestion=reno",
            "--send-buffer=65536",
            "--receive-buffer=131072",
            "--dscp=46",
            "--interface=lo");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "63,63", "ef,46", "EF,46", "cs0,0", "cs7,56", "af11,10", "af43,38"})
  void aCodePointIsANumberOrAName(String text, int dscp) {
    assertThat(flags("--dscp", text).change(UdpConfig.DEFAULT).shared().packets().dscp())
        .isEqualTo(dscp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "-1", "af44", "cs8", "voice", ""})
  void anotherCodePointIsRefused(String text) {
    assertThatThrownBy(() -> flags("--dscp=" + text))
        .hasMessageContaining("not a code point: '" + text + "'");
  }

  @Test
  void whetherToDelayIsYesOrNo() {
    assertThat(flags("--nodelay", "YES").change(TcpConfig.DEFAULT).noDelay()).isTrue();
    assertThatThrownBy(() -> flags("--nodelay", "maybe"))
        .hasMessageContaining("must be yes or no, not 'maybe'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nodelay=yes", "--quickack", "--keepalive", "--congestion=reno"})
  void whatOnlyTcpHasIsRefusedOverUdpAlone(String flag) {
    SystemOptionFlags flags = flags(flag);
    flags.checkFor(List.of(Transport.values()));
    assertThatThrownBy(() -> flags.checkFor(List.of(Transport.UDP)))
        .isInstanceOf(UsageException.class)
        .hasMessage(flag.replaceAll("=.*", "") + " is for TCP: UDP has no such option");
  }

  @ParameterizedTest
  @CsvSource({
    "--ttl=256,the TTL must be 1 to 255",
    "--congestion=a b,not the name of a congestion control",
    "--interface=longer-than-fifteen,the name of an interface has 1 to 15 characters"
  })
  void aValueOutOfRangeIsWrongUsage(String flag, String message) {
    assertThatThrownBy(() -> flags(flag).change(TcpConfig.DEFAULT))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
