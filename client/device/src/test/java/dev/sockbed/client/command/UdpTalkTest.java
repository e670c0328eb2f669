package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.client.testing.UdpTestServer;
import dev.sockbed.client.testing.UdpTestServer.Treatment;
import dev.sockbed.common.testing.Leftovers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@Tag("socket")
class UdpTalkTest {
  /** Long enough for any reply of these servers. */
  private static final String IDLE = "--idle=1s";

  private final Talking talking = new Talking();

  @ParameterizedTest
  @CsvSource({"platform, block", "platform, spin", "virtual, block", "virtual, spin:50us"})
  void eachLineIsADatagramAndEachDatagramALine(String threads, String waiting) {
    Queue<String> datagrams = new ConcurrentLinkedQueue<>();
    Treatment keepsAndEchoes =
        (number, datagram, reply) -> {
          datagrams.add(new String(datagram, StandardCharsets.UTF_8));
          reply.send(datagram);
        };
    Leftovers leftovers = Leftovers.lookNow();
    try (UdpTestServer server = UdpTestServer.open(keepsAndEchoes)) {
      int status =
          talking
              .input("one\n two \r\n\n3")
              .to(server.address(), IDLE, "--threads=" + threads, "--wait=" + waiting);
      assertThat(status).isZero();
      assertThat(datagrams).containsExactly("one", " two \r", "", "3");
      assertThat(talking.output()).isEqualTo("one\n two \r\n\n3\n");
      assertThat(talking.notes()).isEmpty();
    }
    leftovers.assertNone();
  }

  @Test
  void aDatagramThatEndsALineGetsNoSecondEnd() {
    Treatment answers =
        (number, datagram, reply) -> {
          reply.send(ascii("line\n"));
          reply.send();
          reply.send(ascii("\n"));
          reply.send(ascii("end"));
        };
    try (UdpTestServer server = UdpTestServer.open(answers)) {
      assertThat(talking.input("x").to(server.address(), IDLE)).isZero();
      assertThat(talking.output()).isEqualTo("line\n\n\nend\n");
    }
  }

  @Test
  void aTerminalIsShownControlCharactersSpelledOutDatagramByDatagram() {
    Treatment answers =
        (number, datagram, reply) -> {
          reply.send((byte) 0xe4, (byte) 0xbd);
          reply.send((byte) 0xa0);
          reply.send(ascii("\u001b[2J"));
        };
    try (UdpTestServer server = UdpTestServer.open(answers)) {
      assertThat(talking.shown().input("x").to(server.address(), IDLE)).isZero();
      assertThat(talking.output()).isEqualTo("\\xe4\\xbd\n\\xa0\n\\x1b[2J\n");
    }
  }

  @Test
  void hexLinesGoOutAsDatagramsAndDatagramsComeInAsHexLines() {
    Queue<Integer> lengths = new ConcurrentLinkedQueue<>();
    Treatment keepsAndEchoes =
        (number, datagram, reply) -> {
          lengths.add(datagram.length);
          reply.send(datagram);
          reply.send();
        };
    try (UdpTestServer server = UdpTestServer.open(keepsAndEchoes)) {
      assertThat(talking.input("00 FF 0a\n\n4142").to(server.address(), IDLE, "--hex")).isZero();
      assertThat(lengths).containsExactly(3, 0, 2);
      assertThat(talking.output()).isEqualTo("00 ff 0a\n\n\n\n41 42\n\n");
    }
  }

  @Test
  void datagramsThatArriveCutAreToldOfOnceAndCounted() {
    Treatment answers =
        (number, datagram, reply) -> {
          reply.send(ascii("1234"));
          reply.send(ascii("12345"));
          reply.send(ascii("123456"));
        };
    try (UdpTestServer server = UdpTestServer.open(answers)) {
      assertThat(talking.input("x").to(server.address(), IDLE, "--receive-limit=4")).isZero();
      assertThat(talking.output()).isEqualTo("1234\n1234\n1234\n");
      assertThat(talking.notes())
          .containsExactly(
              "sockbed talk: a datagram was cut to 4 bytes (see --receive-limit)",
              "sockbed talk: 2 datagrams were cut to 4 bytes in all");
    }
  }

  @Test
  void silenceAfterTheEndOfTheInputEndsTheTalk() {
    Leftovers leftovers = Leftovers.lookNow();
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.SILENCE)) {
      assertThat(talking.input("anybody?\n").to(server.address(), "--idle=100ms")).isZero();
      assertThat(talking.output()).isEmpty();
      assertThat(talking.notes())
          .containsExactly("sockbed talk: nothing came back within 100 ms (see --idle-timeout)");
      await().untilAsserted(() -> assertThat(server.received()).isEqualTo(1));
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({
    "65508, 1, '',    'line 1: longer than 65507 bytes'",
    "65508, 2, --hex, 'line 1: 65508 bytes, and a datagram holds at most 65507'"
  })
  void aLineLongerThanADatagramIsRefused(int bytes, int digits, String option, String fault) {
    List<String> options = option.isEmpty() ? List.of() : List.of(option);
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO)) {
      int status =
          talking
              .input("a".repeat(bytes * digits))
              .to(server.address(), options.toArray(String[]::new));
      assertThat(status).isEqualTo(2);
      assertThat(talking.notes())
          .containsExactly("sockbed talk: standard input, " + fault + " (see sockbed talk --help)");
    }
  }

  @Test
  void theLongestDatagramPassesBothWays() {
    String line = "a".repeat(65_507);
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO)) {
      assertThat(talking.input(line).to(server.address(), IDLE, "--receive-limit=65507")).isZero();
      assertThat(talking.output()).isEqualTo(line + "\n");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
