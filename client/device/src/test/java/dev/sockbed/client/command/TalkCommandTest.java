package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.client.testing.TcpTestServer;
import dev.sockbed.common.testing.Leftovers;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What talk says when it can't be done. */
@Timeout(60)
@Tag("socket")
class TalkCommandTest {
  private final Talking talking = new Talking();

  @ParameterizedTest
  @CsvSource({
    "tcp://127.0.0.1:1,            'connect tcp://127.0.0.1:1: refused: nothing listens there"
        + " (ECONNREFUSED)'",
    "udp://no-such-host.invalid:9, 'resolve no-such-host.invalid: unknown host (EAI_NONAME)'",
    "tcp://no-such-host.invalid:9, 'resolve no-such-host.invalid: unknown host (EAI_NONAME)'",
  })
  void aPeerThatCantBeReachedIsToldInOneLine(String peer, String fault) {
    Leftovers leftovers = Leftovers.lookNow();
    assertThat(talking.input("hello\n").to(peer)).isEqualTo(3);
    assertThat(talking.notes()).containsExactly("sockbed talk: " + fault);
    leftovers.assertNone();
  }

  @Test
  void whatTheSystemGrantsIsToldWhereAnOptionWasAskedFor() {
    assertThat(talking.to("udp://127.0.0.1:9", "--idle=1ms", "--dscp=ef")).isZero();
    assertThat(talking.notes())
        .anySatisfy(
            note -> assertThat(note).startsWith("granted send buffer ").contains("DSCP 46"));
  }

  @Test
  void aUdpPeerThatIsNotThereRefusesTheFirstDatagram() {
    Talking talking = new Talking();
    // Systems limit how many ICMP messages they send a second, whoever causes them.
    int status = 0;
    for (int i = 0; i < 50 && status == 0; i++) {
      talking = new Talking();
      status = talking.input("hello\n").to("udp://127.0.0.1:1", "--idle=200ms");
    }
    assertThat(status).isEqualTo(3);
    assertThat(talking.notes())
        .singleElement()
        .asString()
        .matches("sockbed talk: .* udp://127.0.0.1:1: refused: nothing listens there.*");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9,           '',                 write tcp://HOST:PORT",
    "tcp://127.0.0.1,       '',                 the port is missing",
    "tcp://127.0.0.1:65536, '',                 the port must be a number from 0 to 65535",
    "tcp://127.0.0.1:-1,    '',                 the port must be a number from 0 to 65535",
    "tcp://127.0.0.1:0,     '',                 name the peer's port",
    "tcp://127.0.0.1:9,     --receive-limit=0,  must be at least 1 byte",
    "udp://127.0.0.1:9,     --receive-limit=1MiB, the receive limit over udp must be 1 to 65507",
    "tcp://127.0.0.1:9,     --timeout=0s,       must be longer than zero",
    "tcp://127.0.0.1:9,     --timeout=-1s,      not a duration",
    "tcp://127.0.0.1:9,     --idle=0s,          must be longer than zero",
    "tcp://127.0.0.1:9,     --wait=later,       not a way to wait",
    "tcp://127.0.0.1:9,     --threads=green,    not a kind of thread",
    "tcp://127.0.0.1:9,     --ttl=256,          the TTL must be 1 to 255",
    "udp://127.0.0.1:9,     --quickack,         --quickack is for TCP: UDP has no such option",
    "tcp://127.0.0.1:9,     --loud,             Unknown option: '--loud'"
  })
  void whatMakesNoSenseIsToldInOneLine(String peer, String option, String fault) {
    int status = option.isEmpty() ? talking.to(peer) : talking.to(peer, option);
    assertThat(status).isEqualTo(2);
    assertThat(talking.notes())
        .singleElement()
        .asString()
        .startsWith("sockbed talk: ")
        .contains(fault)
        .endsWith(" (see sockbed talk --help)");
  }

  @Test
  void outputThatNobodyReadsAnyMoreEndsTheTalkQuietly() {
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      talking.input("hello\n").output(failing("Broken pipe"));
      assertThat(talking.to(server.address())).isZero();
      assertThat(talking.notes()).isEmpty();
    }
    leftovers.assertNone();
  }

  @Test
  void outputThatCantBeWrittenIsAFailure() {
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      talking.input("hello\n").output(failing("No space left on device"));
      assertThat(talking.to(server.address())).isEqualTo(4);
      assertThat(talking.notes())
          .containsExactly(
              "sockbed talk: standard output can't be written: No space left on device");
    }
  }

  @Test
  void inputThatCantBeReadIsAFailure() throws IOException {
    InputStream closed = new FileInputStream("/dev/null");
    closed.close();
    talking.input(closed);
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO)) {
      assertThat(talking.to(server.address())).isEqualTo(2);
      assertThat(talking.notes())
          .containsExactly(
              "sockbed talk: standard input can't be read: Stream Closed"
                  + " (see sockbed talk --help)");
    }
  }

  @Test
  void helpHasExamplesAndFitsATerminal() {
    StringWriter help = new StringWriter();
    CommandLine commandLine = TalkMain.commandLine(new TalkCommand());
    commandLine.setOut(new PrintWriter(help, true));
    assertThat(commandLine.execute("talk", "--help")).isZero();
    assertThat(help.toString()).contains("Examples:", "--hex", "--idle", "--receive-limit");
    assertThat(help.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(help.toString()).contains("type lines; Ctrl-D ends\n");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
