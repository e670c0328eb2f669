package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * TCP connections through a relay, and what is done to them on the way.
 *
 * @see UdpRelayTest
 */
@Tag("socket")
class TcpRelayTest {
  private static final Address ANY_PORT = Address.parse("tcp://127.0.0.1:0");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BEYOND = 5;
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final Leftovers leftovers = Leftovers.lookNow();
  private TcpEchoServer server;

  @BeforeEach
  void serve() throws SocketFailure {
    // More than the relay lets through, so that it is the relay that turns callers away.
    server = TcpEchoServer.open(ANY_PORT, TcpEchoServerConfig.DEFAULT.withMaxConnections(2_048));
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    leftovers.assertNone();
  }

  @Test
  void bytesComeBackInOrderHoweverMany() throws Exception {
    byte[] sent = new byte[300_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31);
    }
    try (TcpRelay relay = relay("delay=2ms,jitter=1ms", Toxics.NONE);
        TcpSocket client = client(relay)) {
      Thread sender =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  client.send(ByteBuffer.wrap(sent));
                } catch (SocketFailure e) {
                  throw new IllegalStateException(e);
                }
              });
      ByteBuffer received = ByteBuffer.allocate(sent.length);
      while (received.hasRemaining()) {
        client.receive(received, Math.min(received.remaining(), 1 << 16));
      }
      sender.join();

      assertThat(received.array()).isEqualTo(sent);
      assertThat(relay.counters(Direction.UP).snapshot().bytes()).isEqualTo(sent.length);
    }
  }

  @Test
  void anAnswerComesAfterBothDelays() throws SocketFailure {
    try (TcpRelay relay = relay("up-delay=30ms,down-delay=20ms", Toxics.NONE);
        TcpSocket client = client(relay)) {
      long start = System.nanoTime();
      client.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      receive(client);

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    }
  }

  @Test
  void theRateIsNotExceeded() throws SocketFailure {
    try (TcpRelay relay = relay("up-rate=400kbit/s", Toxics.NONE);
        TcpSocket client = client(relay)) {
      long start = System.nanoTime();
      client.send(ByteBuffer.wrap(new byte[10_000]));
      receiveAll(client, 10_000);

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000);
    }
  }

  /** Each message comes in a piece of its own, and none has arrived yet. */
  @Test
  void aThousandShortMessagesAreInFlightAtATime() throws SocketFailure {
    try (TcpRelay relay = relay("up-delay=1m", Toxics.NONE);
        TcpSocket client = client(relay)) {
      for (int sent = 1; sent <= 1_000; sent++) {
        client.send(ByteBuffer.wrap(new byte[16]));
        long bytes = 16L * sent;
        await()
            .pollInterval(Duration.ofNanos(100_000))
            .until(() -> relay.counters(Direction.UP).snapshot().bytes() == bytes);
      }
      PacketCounts.Snapshot up = relay.counters(Direction.UP).snapshot();
      assertThat(up.packets()).isEqualTo(1_000);
      assertThat(up.heldUp()).isZero();
    }
  }

  @Test
  void aStreamThatIsHeldUpIsCounted() throws SocketFailure {
    Thread sender;
    try (TcpRelay relay = relay("up-delay=1m", Toxics.NONE);
        TcpSocket client = client(relay)) {
      sender = Thread.ofVirtual().start(() -> sendUntilClosed(client));
      PacketCounts up = relay.counters(Direction.UP);
      await().until(() -> up.snapshot().heldUp() == 1);
      assertThat(up.snapshot().bytes())
          .isBetween(ChunkQueue.MOST_BYTES - (1L << 20), ChunkQueue.MOST_BYTES + (1L << 16));
    }
    await().until(() -> !sender.isAlive());
  }

  private static void sendUntilClosed(TcpSocket client) {
    try {
      client.send(ByteBuffer.wrap(new byte[2 * ChunkQueue.MOST_BYTES]));
    } catch (SocketFailure closed) {
      assertThat(closed.error()).isEqualTo(SocketError.CLOSED);
    }
  }

  @Test
  void connectionsBeyondTheMostAreTurnedAwayThoughNoneBeforeThemHasBegun() throws Exception {
    List<Socket> clients = new ArrayList<>();
    CountDownLatch serverSideIsThere = new CountDownLatch(1);
    Timeline timeline = Timeline.constant(LinkText.parse("perfect"));
    try (TcpRelay relay =
        TcpRelay.open(
            ANY_PORT,
            NetworkContext.HERE,
            server.address(),
            new LatePlace(serverSideIsThere),
            timeline,
            Toxics.NONE,
            1)) {
      InetAddress host = InetAddress.ofLiteral("127.0.0.1");
      try {
        for (int i = 0; i < 1_024 + BEYOND; i++) {
          connect(host, relay.address().port(), clients);
        }
        await().until(() -> relay.clients() + relay.turnedAway() == 1_024 + BEYOND);
        assertThat(relay.turnedAway()).isEqualTo(BEYOND);
      } finally {
        serverSideIsThere.countDown();
        for (Socket client : clients) {
          client.close();
        }
      }
    }
  }

  @Test
  void aHalfCloseGoesThrough() throws SocketFailure {
    try (TcpRelay relay = relay("perfect", Toxics.NONE);
        TcpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[] {1}));
      client.shutdownOutput();

      assertThat(receive(client)).isEqualTo(1);
      assertThat(receive(client)).isEqualTo(BlockingSocket.END_OF_STREAM);
    }
  }

  @Test
  void slowCloseKeepsTheEndBack() throws SocketFailure {
    Toxics toxics = new Toxics(0, Duration.ZERO, MOMENT, null, null, 0);
    try (TcpRelay relay = relay("perfect", toxics);
        TcpSocket client = client(relay)) {
      long start = System.nanoTime();
      client.shutdownOutput();

      assertThat(receive(client)).isEqualTo(BlockingSocket.END_OF_STREAM);
      // Kept back twice: on the way to the server and on the way back.
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * MOMENT.toNanos());
    }
  }

  @Test
  void slicerHandsOverFewBytesAtOnce() throws SocketFailure {
    Toxics toxics = new Toxics(10, Duration.ofSeconds(2), Duration.ZERO, null, null, 0);
    try (TcpRelay relay = relay("perfect", toxics);
        TcpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[100]));

      assertThat(receive(client)).isBetween(1, 99);
    }
  }

  @Test
  void aSlicersPausesAreNotCountedAsTheEmulatorsLateness() throws SocketFailure {
    Duration gap = Duration.ofMillis(300);
    Toxics toxics = new Toxics(1, gap, Duration.ZERO, null, null, 0);
    try (TcpRelay relay = relay("perfect", toxics);
        TcpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[8]));
      receiveAll(client, 8);

      await().atMost(PATIENCE).until(() -> lateness(relay).delivered() == 1);
      assertThat(lateness(relay).worstTardinessNanos()).isLessThan(7 * gap.toNanos());
    }
  }

  @Test
  void anOutageIsNotCountedAsTheEmulatorsLateness() throws SocketFailure {
    Duration outage = Duration.ofSeconds(2);
    Timeline timeline =
        new Timeline(
            List.of(
                new Timeline.Change(Duration.ZERO, LinkText.parse("outage")),
                new Timeline.Change(outage, LinkText.parse("perfect"))));
    try (TcpRelay relay = TcpRelay.open(ANY_PORT, server.address(), timeline, Toxics.NONE, 5);
        TcpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[] {1}));
      receiveAll(client, 1);

      await().atMost(PATIENCE).until(() -> lateness(relay).delivered() == 1);
      assertThat(lateness(relay).worstTardinessNanos()).isLessThan(outage.toNanos() / 2);
    }
  }

  @Test
  void limitDataClosesAfterSoManyBytes() throws SocketFailure {
    Toxics toxics = new Toxics(0, Duration.ZERO, Duration.ZERO, null, null, 100);
    try (TcpRelay relay = relay("perfect", toxics);
        TcpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[100]));
      receiveAll(client, 100);
      client.send(ByteBuffer.wrap(new byte[] {1}));

      assertThat(endOf(client)).isTrue();
    }
  }

  @Test
  void resetPeerResetsAfterItsTime() throws SocketFailure {
    Toxics toxics = new Toxics(0, Duration.ZERO, Duration.ZERO, MOMENT, null, 0);
    try (TcpRelay relay = relay("perfect", toxics);
        TcpSocket client = client(relay)) {
      assertThatThrownBy(() -> receive(client))
          .isInstanceOfSatisfying(
              SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.RESET));
    }
  }

  @Test
  void timeoutLetsNothingThroughAndCloses() throws SocketFailure {
    Toxics toxics = new Toxics(0, Duration.ZERO, Duration.ZERO, null, MOMENT, 0);
    try (TcpRelay relay = relay("perfect", toxics);
        TcpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[] {1}));

      assertThat(endOf(client)).isTrue();
    }
  }

  @Test
  void aServerThatIsGoneResetsTheClient() throws SocketFailure {
    server.close();
    try (TcpRelay relay = relay("perfect", Toxics.NONE)) {
      assertThat(isBrokenOff(relay)).isTrue();
      await().atMost(PATIENCE).until(() -> relay.fault() != null);
      assertThat(relay.fault()).contains("refused: nothing listens there");
    }
  }

  /** Whether a client's connection ends; the RST may come before it has noted that it is there. */
  private static boolean isBrokenOff(TcpRelay relay) throws SocketFailure {
    try (TcpSocket client = client(relay)) {
      return endOf(client);
    } catch (SocketFailure e) {
      if (e.error() == SocketError.RESET) {
        return true;
      }
      throw e;
    }
  }

  private static PacketCounts.Snapshot lateness(TcpRelay relay) {
    return relay.counters(Direction.UP).snapshot();
  }

  private static void connect(InetAddress host, int port, List<Socket> clients) throws IOException {
    try {
      clients.add(new Socket(host, port));
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset"); // As early as that.
    }
  }

  /** Where nothing can be made before it is there. */
  private record LatePlace(CountDownLatch there) implements NetworkContext {
    @Override
    public <T> T make(Maker<T> maker) throws SocketFailure {
      try {
        assertThat(there.await(40, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return maker.make();
    }
  }

  private TcpRelay relay(String link, Toxics toxics) throws SocketFailure {
    Timeline timeline = Timeline.constant(LinkText.parse(link));
    return TcpRelay.open(ANY_PORT, server.address(), timeline, toxics, 5);
  }

  private static TcpSocket client(TcpRelay relay) throws SocketFailure {
    return TcpSocket.connected(
        relay.address(), TcpConfig.DEFAULT.withReceiveLimit(1 << 16).withReceiveTimeout(PATIENCE));
  }

  private static int receive(TcpSocket client) throws SocketFailure {
    return client.receive(ByteBuffer.allocate(128), 128);
  }

  /** Whether the stream ends, with or without a RST. */
  private static boolean endOf(TcpSocket client) throws SocketFailure {
    try {
      return receive(client) == BlockingSocket.END_OF_STREAM;
    } catch (SocketFailure e) {
      return e.error() == SocketError.RESET;
    }
  }

  /** The lengths of the receives that so many bytes took. */
  private static List<Integer> receiveAll(TcpSocket client, int bytes) throws SocketFailure {
    List<Integer> lengths = new ArrayList<>();
    int received = 0;
    while (received < bytes) {
      int length = receive(client);
      assertThat(length).isPositive();
      lengths.add(length);
      received += length;
    }
    return lengths;
  }
}
