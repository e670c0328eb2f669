package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.server.EchoServer.Stop;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The server's side of every way in which a connection can end, by a thread for each and by one for
 * all.
 *
 * @see UdpEchoServerTest
 */
abstract class TcpEchoServerContract extends EchoServerContract {
  private static final Duration SHORT = Duration.ofMillis(200);

  @Override
  Transport transport() {
    return Transport.TCP;
  }

  private TcpEchoServerConfig config() {
    return TcpEchoServerConfig.DEFAULT.withSocket(
        TcpConfig.DEFAULT.withThreads(way.threads()).withWaiting(way.waiting()).withIo(way.io()));
  }

  abstract EchoServer open(Address local, TcpEchoServerConfig config) throws SocketFailure;

  @Override
  EchoServer open(Address local) throws SocketFailure {
    return open(local, config());
  }

  @Override
  TcpCaller call(Address server) throws IOException {
    return TcpCaller.of(server);
  }

  @Test
  void aCallerThatClosesIsNotADrop() throws IOException {
    try (EchoServer server = open(anyPort())) {
      try (TcpCaller caller = call(server.address())) {
        caller.send(message(10, 1));
        caller.receive(10);
        assertThat(server.counters().active()).isEqualTo(1);
      }
      await().atMost(PATIENCE).until(() -> server.counters().active() == 0);

      assertThat(server.counters().accepted()).isEqualTo(1);
      assertThat(server.counters().dropped()).isEmpty();
    }
  }

  @Test
  void everythingBeforeAHalfCloseIsEchoedAndThenTheStreamEnds() throws IOException {
    byte[] message = message(64 << 10, 3);
    try (EchoServer server = open(anyPort());
        TcpCaller caller = call(server.address())) {
      caller.send(message);
      caller.endSending();

      assertThat(caller.receiveAll()).isEqualTo(message);
      await().atMost(PATIENCE).until(() -> server.counters().active() == 0);
      assertThat(server.counters().dropped()).isEmpty();
    }
  }

  @Test
  void aHalfCloseWithNothingBeforeItIsAnsweredByTheEnd() throws IOException {
    try (EchoServer server = open(anyPort());
        TcpCaller caller = call(server.address())) {
      caller.endSending();

      assertThat(caller.receiveAll()).isEmpty();
    }
  }

  @Test
  void aConnectionBrokenOffByItsCallerIsCounted() throws IOException {
    try (EchoServer server = open(anyPort());
        TcpCaller other = call(server.address())) {
      TcpCaller caller = call(server.address());
      caller.send(message(10, 1));
      caller.receive(10);
      caller.reset();

      awaitDrop(server, DropReason.RESET);
      other.send(message(10, 2));
      assertThat(other.receive(10)).isEqualTo(message(10, 2));
    }
  }

  @Test
  void aCallerThatNeverReadsIsLetGoWhileAnotherIsServed() throws Exception {
    TcpEchoServerConfig config =
        config()
            .withSocket(config().socket().withSendBufferBytes(4096))
            .withWriteTimeout(Duration.ofSeconds(1)); // Of the other's echoes, too.
    try (EchoServer server = open(anyPort(), config);
        TcpCaller deaf = TcpCaller.withSmallBuffer(server.address());
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> flood = thread.submit(() -> sendForEver(deaf));
      try (TcpCaller other = call(server.address())) {
        while (!flood.isDone()) {
          other.send(message(10, 2));
          assertThat(other.receive(10)).isEqualTo(message(10, 2));
        }
      }
      assertThatThrownBy(flood::get).hasCauseInstanceOf(SocketException.class);
      awaitDrop(server, DropReason.NOT_READING);
    }
  }

  private static boolean sendForEver(TcpCaller caller) throws IOException {
    while (true) {
      caller.send(new byte[1 << 16]);
    }
  }

  @Test
  void aCallerThatVanishedIsLetGoAfterTheIdleTimeout() throws IOException {
    try (EchoServer server = open(anyPort(), config().withIdleTimeout(SHORT));
        TcpCaller silent = call(server.address())) {
      assertThat(silent.receiveAll()).isEmpty();
      awaitDrop(server, DropReason.IDLE);
      await().atMost(PATIENCE).until(() -> server.counters().active() == 0);
    }
  }

  @Test
  void aStopBreaksOffWhoIsStillThereWhenTheTimeIsOver() throws IOException {
    EchoServer server = open(anyPort());
    try (TcpCaller caller = call(server.address())) {
      caller.send(message(10, 1));
      caller.receive(10);

      assertThat(server.stop(Duration.ofMillis(50))).isEqualTo(Stop.FORCED);

      assertThat(caller.receiveAll()).isEmpty();
      assertThat(server.counters().dropped(DropReason.STOPPED)).isEqualTo(1);
      assertThat(server.counters().active()).isZero();
    }
  }

  @Test
  void aStopLetsACallerComeToItsEndAndTakesNoOther() throws Exception {
    EchoServer server = open(anyPort());
    TcpCaller caller = call(server.address());
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      caller.send(message(10, 1));
      caller.receive(10);
      Future<Stop> stop = thread.submit(() -> server.stop(PATIENCE));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThatThrownBy(() -> call(server.address()).close())
                  .isInstanceOf(ConnectException.class));
      caller.send(message(10, 2));
      assertThat(caller.receive(10)).isEqualTo(message(10, 2));
      caller.close();

      assertThat(stop.get()).isEqualTo(Stop.GRACEFUL);
    }
  }

  @Test
  void oneCallerOverTheCapIsRefusedUntilAnotherGoes() throws IOException {
    TcpEchoServerConfig config = config().withMaxConnections(1);
    try (EchoServer server = open(anyPort(), config)) {
      try (TcpCaller first = call(server.address())) {
        first.send(message(10, 1));
        assertThat(first.receive(10)).isEqualTo(message(10, 1));
        // The RST may come so early that even connecting fails.
        assertThatThrownBy(() -> exchange(server.address())).isInstanceOf(SocketException.class);
        assertThat(server.counters().refused()).isEqualTo(1);
        assertThat(server.counters().accepted()).isEqualTo(1);
      }
      await().atMost(PATIENCE).until(() -> server.counters().active() == 0);
      exchange(server.address());
    }
  }

  private void exchange(Address server) throws IOException {
    try (TcpCaller caller = call(server)) {
      caller.send(message(10, 2));
      assertThat(caller.receive(10)).isEqualTo(message(10, 2));
    }
  }

  @Test
  void everyLengthInEverySplitComesBackByteForByte() throws IOException {
    try (EchoServer server = open(anyPort());
        TcpCaller caller = call(server.address())) {
      long bytes = 0;
      for (int length = 0; length <= 512; length++) {
        for (int[] pieces : Splits.of(length)) {
          byte[] message = message(length, pieces.length);
          sendInPieces(caller, message, pieces);
          assertThat(caller.receive(length))
              .as("%d bytes in pieces of %s", length, Arrays.toString(pieces))
              .isEqualTo(message);
          bytes += length;
        }
      }
      caller.endSending();

      assertThat(caller.receiveAll()).isEmpty();
      assertThat(server.counters().bytes()).isEqualTo(bytes);
      assertThat(server.counters().receives()).isGreaterThanOrEqualTo(bytes / 128);
    }
  }

  private static void sendInPieces(TcpCaller caller, byte[] message, int[] pieces)
      throws IOException {
    int from = 0;
    for (int piece : pieces) {
      caller.send(Arrays.copyOfRange(message, from, from + piece));
      from += piece;
    }
  }
}
