package dev.sockbed.client.device;

import static dev.sockbed.client.device.Assistant.hex;
import static dev.sockbed.client.device.Assistant.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the program comes to its end, and what it says of that. */
@Timeout(60)
@Tag("process")
class BoardProgramEndTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String GREETING = "greeting " + hex("Hello 01Studio!");

  private final TestBoard board = new TestBoard();

  @Test
  void theAssistantsCloseIsNoticed() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, LOOPBACK, "greeting 15", "close", "wait")) {

      Summary summary = board.program(assistant.address(), BoardSettings.WITHOUT_END).run();

      assertThat(summary.ending()).isEqualTo(Ending.CLOSED_BY_PEER);
      assertThat(summary.failure()).isNull();
      assertThat(summary.receives()).isZero();
    }
  }

  @Test
  void whatWasSentBeforeAHalfCloseIsStillAnswered() throws Exception {
    try (Assistant assistant =
        Assistant.start(
            Transport.TCP,
            LOOPBACK,
            "greeting 15",
            send("z".repeat(300)),
            "half-close",
            "receive 318",
            "end")) {

      Summary summary = board.program(assistant.address(), BoardSettings.WITHOUT_END).run();

      assertThat(summary.ending()).isEqualTo(Ending.CLOSED_BY_PEER);
      assertThat(assistant.transcript()).hasSize(3).endsWith("end 0");
    }
  }

  @Test
  void aConnectionThatIsBrokenOffIsAFailure() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, LOOPBACK, "greeting 15", "reset", "wait")) {

      Summary summary = board.program(assistant.address(), BoardSettings.WITHOUT_END).run();

      assertThat(summary.ending()).isEqualTo(Ending.FAILED);
      assertThat(summary.failure()).extracting(SocketFailure::error).isEqualTo(SocketError.RESET);
      assertThat(summary.toString()).endsWith("ended: connection reset by the peer");
    }
  }

  @Test
  void aPortWhereNobodyHearsDatagramsIsAFailure() throws Exception {
    Summary summary =
        board.program(Address.parse("udp://127.0.0.1:1"), BoardSettings.WITHOUT_END).run();

    assertThat(summary.ending()).isEqualTo(Ending.FAILED);
    assertThat(summary.failure()).extracting(SocketFailure::error).isEqualTo(SocketError.REFUSED);
    assertThat(summary.bytesOut()).isEqualTo(15);
  }

  @Test
  void afterEnoughRepliesTheAssistantReadsTheEndOfTheStreamAndNoReset() throws Exception {
    try (Assistant assistant =
        Assistant.start(
            Transport.TCP,
            LOOPBACK,
            "greeting 15",
            send("more than is answered ".repeat(100)),
            "end")) {

      Summary summary = board.program(assistant.address(), 1).run();

      assertThat(assistant.transcript()).containsExactly(GREETING, "end 134");
      assertThat(summary.replies()).isEqualTo(1);
    }
  }

  @Test
  void anAssistantThatDoesNotCloseInTurnIsNotWaitedForLong() throws Exception {
    try (Assistant assistant =
        Assistant.start(Transport.TCP, LOOPBACK, "greeting 15", send("one"), "wait")) {

      Summary summary = board.program(assistant.address(), 1).run();

      assertThat(summary.ending()).isEqualTo(Ending.ENOUGH_REPLIES);
      assertThat(board.events)
          .anyMatch(event -> event.startsWith("the assistant did not close in turn"));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void silenceEndsTheProgramAfterTheReceiveTimeout(Transport transport) throws Exception {
    try (Assistant assistant = Assistant.start(transport, LOOPBACK, "greeting 15", "wait")) {
      SocketConfig socket =
          SocketConfig.defaultOf(transport).withReceiveTimeout(Duration.ofMillis(50));

      Summary summary = board.program(assistant.address(), socket, 9).run();

      assertThat(summary.ending()).isEqualTo(Ending.IDLE);
      assertThat(summary.failure()).isNull();
    }
  }
}
