package dev.sockbed.client.device;

import static dev.sockbed.client.device.Assistant.hex;
import static dev.sockbed.client.device.Assistant.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an assistant gets to see of the program, over both transports. */
@Timeout(60)
@Tag("process")
class BoardProgramTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String GREETING = "greeting " + hex("Hello 01Studio!");

  private final TestBoard board = new TestBoard();

  @ParameterizedTest
  @CsvSource({"TCP, 127.0.0.1", "TCP, ::1", "UDP, 127.0.0.1", "UDP, ::1"})
  void theGreetingComesFirstAndOnceThenEachReceiveIsAnsweredWithItsBytes(
      Transport transport, String host) throws Exception {
    String notText = "00ff80fec0e4b8";
    try (Assistant assistant =
        Assistant.start(
            transport,
            host,
            "greeting 15",
            "silence",
            send("http://example.org"),
            "receive 24",
            "send " + notText,
            "receive 13")) {

      Summary summary = board.program(assistant.address(), 2).run();

      assertThat(assistant.transcript())
          .containsExactly(
              GREETING,
              "silence",
              "receive " + hex("I got:http://example.org"),
              "receive " + hex("I got:") + notText);
      assertThat(HexFormat.of().formatHex(board.displayed.toByteArray()))
          .isEqualTo(hex("http://example.org") + notText);
      assertThat(summary.ending()).isEqualTo(Ending.ENOUGH_REPLIES);
      assertThat(summary.receives()).isEqualTo(2);
      assertThat(summary.bytesIn()).isEqualTo(25);
      assertThat(summary.bytesOut()).isEqualTo(15 + 24 + 13);
      assertThat(summary.failure()).isNull();
      assertThat(summary.fiveTuple().remote().getPort()).isEqualTo(assistant.address().port());
    }
  }

  @Test
  void aCharacterThatTheReceiveLimitCutsInTwoGoesOutAndBackAsItsBytes() throws Exception {
    String message = "a".repeat(127) + "中";
    try (Assistant assistant =
        Assistant.start(
            Transport.TCP, LOOPBACK, "greeting 15", send(message), "receive 142", "close")) {

      Summary summary = board.program(assistant.address(), BoardSettings.WITHOUT_END).run();

      assertThat(assistant.transcript())
          .containsExactly(
              GREETING,
              "receive "
                  + hex("I got:" + "a".repeat(127))
                  + "e4" // The first byte of three; the others come with the next receive.
                  + hex("I got:")
                  + "b8ad");
      assertThat(board.displayed.toString(UTF_8)).isEqualTo(message);
      assertThat(summary.receives()).isEqualTo(2);
    }
  }

  @Test
  void aTcpMessageOf256BytesIsReceivedTwice() throws Exception {
    try (Assistant assistant =
        Assistant.start(
            Transport.TCP, LOOPBACK, "greeting 15", send("x".repeat(256)), "receive 268")) {

      Summary summary = board.program(assistant.address(), 2).run();

      String half = hex("I got:" + "x".repeat(128));
      assertThat(assistant.transcript()).containsExactly(GREETING, "receive " + half + half);
      assertThat(summary.receives()).isEqualTo(2);
      assertThat(summary.truncated()).isZero();
    }
  }

  @Test
  void aDatagramOf200BytesIsCutAndTheFirstCutIsToldAndEachIsCounted() throws Exception {
    try (Assistant assistant =
        Assistant.start(
            Transport.UDP,
            LOOPBACK,
            "greeting 15",
            send("y".repeat(200)),
            "receive 134",
            send("z".repeat(129)),
            "receive 134",
            send("0".repeat(128)),
            "receive 134")) {

      Summary summary = board.program(assistant.address(), 3).run();

      assertThat(assistant.transcript())
          .containsExactly(
              GREETING,
              "receive " + hex("I got:" + "y".repeat(128)),
              "receive " + hex("I got:" + "z".repeat(128)),
              "receive " + hex("I got:" + "0".repeat(128)));
      assertThat(board.displayed.toString(UTF_8))
          .isEqualTo("y".repeat(128) + "z".repeat(128) + "0".repeat(128));
      assertThat(summary.truncated()).isEqualTo(2);
      assertThat(board.events)
          .containsOnlyOnce("a datagram was longer than 128 bytes: its rest is gone");
    }
  }

  @Test
  void anEmptyDatagramIsAnsweredWithThePrefixAlone() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.UDP, LOOPBACK, "greeting 15", "send ", "receive 6")) {

      Summary summary = board.program(assistant.address(), 1).run();

      assertThat(assistant.transcript()).containsExactly(GREETING, "receive " + hex("I got:"));
      assertThat(summary.receives()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aPauseFollowsEachReplyButTheLast(Transport transport) throws Exception {
    try (Assistant assistant =
        Assistant.start(
            transport,
            LOOPBACK,
            "greeting 15",
            send("1"),
            "receive 7",
            send("2"),
            "receive 7",
            send("3"),
            "receive 7")) {

      board.program(assistant.address(), 3).run();

      assertThat(board.sleeps()).isEqualTo(Collections.nCopies(2, Duration.ofMillis(300)));
    }
  }

  @Test
  void theLightShinesFromJoiningToTheEnd() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, LOOPBACK, "greeting 15", send("hi"), "receive 8", "close")) {

      Summary summary = board.program(assistant.address(), BoardSettings.WITHOUT_END).run();

      assertThat(board.events)
          .containsExactly(
              "light on",
              "joined test0",
              "network information: ('192.0.2.7', '255.255.255.0', '192.0.2.1', '192.0.2.53')",
              "connected " + summary.fiveTuple(),
              "sent the greeting of 15 bytes",
              "slept PT0.3S",
              "light off");
    }
  }

  @Test
  void theSummaryIsOneLine() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, LOOPBACK, "greeting 15", send("hi"), "receive 8", "close")) {

      Summary summary = board.program(assistant.address(), BoardSettings.WITHOUT_END).run();

      assertThat(summary)
          .hasToString(
              summary.fiveTuple()
                  + ": receives 1, replies 1, bytes in 2, bytes out 23, cut 0, 0.300 s;"
                  + " ended: the peer closed");
    }
  }
}
