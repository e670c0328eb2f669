package dev.sockbed.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.testing.Leftovers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt ends the program at once, whatever it waits for. */
@Timeout(60)
@Tag("socket")
class BoardInterruptTest {
  private static final Duration LONGER_THAN_THE_TEST = Duration.ofHours(1);

  private final TestBoard parts = new TestBoard();

  @ParameterizedTest
  @CsvSource({
    "TCP, PLATFORM, block",
    "TCP, VIRTUAL, block",
    "TCP, PLATFORM, spin",
    "TCP, PLATFORM, spin:50us",
    "UDP, PLATFORM, block",
    "UDP, VIRTUAL, block",
    "UDP, PLATFORM, spin",
    "UDP, PLATFORM, spin:50us"
  })
  void inAReceive(Transport transport, ThreadKind threads, String waiting) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (Assistant assistant = Assistant.start(transport, "127.0.0.1", "greeting 15", "wait")) {
      FutureTask<Summary> running =
          task(realTime(parts.board()), assistant.address(), WaitStrategy.parse(waiting));
      Thread thread = threads.start("sockbed-board", running);
      assistant.awaitOutput("greeting");

      thread.interrupt();

      Summary summary = running.get(10, TimeUnit.SECONDS);
      assertThat(summary.ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(summary.failure()).isNull();
      assertThat(summary.bytesOut()).isEqualTo(15);
      assertThat(parts.events).endsWith("light off");
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void inThePauseAfterAReply(Transport transport) throws Exception {
    try (Assistant assistant =
        Assistant.start(
            transport, "127.0.0.1", "greeting 15", Assistant.send("hi"), "receive 8", "wait")) {
      FutureTask<Summary> running = task(realTime(parts.board()), assistant.address());
      Thread thread = ThreadKind.PLATFORM.start("sockbed-board", running);
      assistant.awaitOutput("receive " + Assistant.hex("I got:hi"));

      thread.interrupt();

      Summary summary = running.get(10, TimeUnit.SECONDS);
      assertThat(summary.ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(summary.replies()).isEqualTo(1);
    }
  }

  @Test
  void whileItWaitsForTheLink() {
    Board deaf = realTime(parts.board(List.of(new LinkState.Down("test0 is down"))));
    FutureTask<Summary> running = task(deaf, Address.parse("tcp://127.0.0.1:1"));
    Thread thread = ThreadKind.PLATFORM.start("sockbed-board", running);
    await().until(() -> parts.events.contains("waiting at most 1h: test0 is down"));

    thread.interrupt();

    assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(parts.events).endsWith("light off");
  }

  @Test
  void whileItConnects() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      assertThat(List.of(first, second)).allMatch(Socket::isConnected);
      // The queue takes one more than it was made for; the system answers no third.
      Address address = new Address(Transport.TCP, "127.0.0.1", full.getLocalPort());
      FutureTask<Summary> running = task(realTime(parts.board()), address);
      Thread thread = ThreadKind.PLATFORM.start("sockbed-board", running);
      await().until(() -> parts.events.contains("joined test0"));

      thread.interrupt();

      assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(parts.events).endsWith("light off").noneMatch(e -> e.startsWith("connected"));
    }
  }

  private static Board realTime(Board board) {
    return new Board(board.link(), board.light(), BoardTime.REAL, board.screen(), board.console());
  }

  private static FutureTask<Summary> task(Board board, Address assistant) {
    return task(board, assistant, WaitStrategy.BLOCK);
  }

  private static FutureTask<Summary> task(Board board, Address assistant, WaitStrategy waiting) {
    SocketConfig socket =
        switch (assistant.transport()) {
          case TCP ->
              TcpConfig.DEFAULT.withConnectTimeout(LONGER_THAN_THE_TEST).withWaiting(waiting);
          case UDP -> UdpConfig.DEFAULT.withWaiting(waiting);
        };
    BoardSettings settings =
        new BoardSettings(
            assistant,
            socket,
            LONGER_THAN_THE_TEST,
            BoardSettings.DEFAULT_GREETING,
            BoardSettings.DEFAULT_REPLY_PREFIX,
            LONGER_THAN_THE_TEST,
            BoardSettings.WITHOUT_END);
    return new FutureTask<>(new BoardProgram(board, settings)::run);
  }
}
