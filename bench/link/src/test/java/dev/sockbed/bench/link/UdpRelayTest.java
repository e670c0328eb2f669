package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.load.Arrival;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.Pace;
import dev.sockbed.bench.load.Progress;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Datagrams through a relay, each accounted for.
 *
 * @see TcpRelayTest
 */
@Tag("socket")
class UdpRelayTest {
  private static final Address ANY_PORT = Address.parse("udp://127.0.0.1:0");
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Leftovers leftovers = Leftovers.lookNow();
  private UdpEchoServer server;

  @BeforeEach
  void serve() throws SocketFailure {
    server = UdpEchoServer.open(ANY_PORT, UdpEchoServerConfig.DEFAULT);
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    leftovers.assertNone();
  }

  @Test
  void theLinksCountersAreTheLoadGeneratorsAccount() throws SocketFailure {
    String link = "up-loss=3%,down-loss=4%,duplicate=2%,delay=2ms";
    try (UdpRelay relay = relay(link)) {
      LoadResult result =
          load(
              relay,
              LoadPlan.of(relay.address()).withPace(new Pace.OpenLoop(2_000, Arrival.CONSTANT)));

      PacketCounts.Snapshot up = relay.counters(Direction.UP).snapshot();
      PacketCounts.Snapshot down = relay.counters(Direction.DOWN).snapshot();
      assertThat(result.sent()).isEqualTo(up.packets()).isEqualTo(3_000);
      assertThat(up.lost()).isPositive();
      assertThat(down.lost()).isPositive();
      assertThat(down.packets()).isEqualTo(up.delivered());
      // A request that arrives twice is answered twice, so one lost answer may leave another.
      assertThat(up.packets() - up.lost() + up.duplicated()).isEqualTo(up.delivered());
      assertThat(down.packets() - down.lost() + down.duplicated()).isEqualTo(down.delivered());
      assertThat(result.outcomes().ok() + result.outcomes().late() + result.events().duplicate())
          .isEqualTo(down.delivered());
    }
  }

  @Test
  void everyLostMessageIsADropAndEveryDuplicateADuplication() throws SocketFailure {
    try (UdpRelay relay = relay("up-loss=3%,down-loss=4%,down-duplicate=5%,delay=1ms")) {
      LoadResult result =
          load(
              relay,
              LoadPlan.of(relay.address()).withPace(new Pace.OpenLoop(2_000, Arrival.CONSTANT)));

      PacketCounts.Snapshot up = relay.counters(Direction.UP).snapshot();
      PacketCounts.Snapshot down = relay.counters(Direction.DOWN).snapshot();
      assertThat(result.outcomes().lost()).isEqualTo(up.lost() + down.lost()).isPositive();
      assertThat(result.events().duplicate()).isEqualTo(down.duplicated()).isPositive();
    }
  }

  @Test
  void anAnswerComesAfterBothDelays() throws SocketFailure {
    try (UdpRelay relay = relay("up-delay=30ms,down-delay=20ms");
        UdpSocket client = client(relay)) {
      long start = System.nanoTime();
      client.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      ByteBuffer answer = ByteBuffer.allocate(16);
      client.receive(answer, 16);

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
      assertThat(answer.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
  }

  @Test
  void clientsAreToldApart() throws SocketFailure {
    try (UdpRelay relay = relay("perfect");
        UdpSocket one = client(relay);
        UdpSocket other = client(relay)) {
      one.send(ByteBuffer.wrap(new byte[] {1}));
      other.send(ByteBuffer.wrap(new byte[] {2}));

      assertThat(received(one)).containsExactly(1);
      assertThat(received(other)).containsExactly(2);
      assertThat(relay.clients()).isEqualTo(2);
    }
  }

  @Test
  void corruptionFlipsOneBit() throws SocketFailure {
    try (UdpRelay relay = relay("up-corrupt=100%");
        UdpSocket client = client(relay)) {
      byte[] sent = new byte[64];
      for (int i = 0; i < 50; i++) {
        client.send(ByteBuffer.wrap(sent));
        byte[] received = received(client);
        assertThat(BitSet.valueOf(received).cardinality()).isEqualTo(1);
        assertThat(received).hasSize(64);
      }
    }
  }

  @Test
  void theSameSeedLosesTheSameDatagrams() throws SocketFailure {
    assertThat(arrived()).isEqualTo(arrived()).hasSizeBetween(60, 140);
  }

  @Test
  void aServerThatIsGoneIsToldOf() throws SocketFailure {
    server.close();
    try (UdpRelay relay = relay("perfect");
        UdpSocket client = client(relay)) {
      client.send(ByteBuffer.wrap(new byte[] {1}));

      await().atMost(PATIENCE).until(() -> relay.fault() != null);
      assertThat(relay.fault()).contains("refused: nothing listens there");
    }
  }

  /** Which of 200 datagrams a link that loses half of them lets through. */
  private List<Integer> arrived() throws SocketFailure {
    try (UdpRelay relay = relay("up-loss=50%");
        UdpSocket client = client(relay)) {
      for (int i = 0; i < 200; i++) {
        client.send(ByteBuffer.wrap(new byte[] {(byte) i}));
      }
      PacketCounts up = relay.counters(Direction.UP);
      await().atMost(PATIENCE).until(() -> up.snapshot().packets() == 200);
      List<Integer> arrived = new ArrayList<>();
      for (long left = 200 - up.snapshot().lost(); left > 0; left--) {
        arrived.add((int) received(client)[0]);
      }
      return arrived;
    }
  }

  private UdpRelay relay(String link) throws SocketFailure {
    return UdpRelay.open(ANY_PORT, server.address(), Timeline.constant(LinkText.parse(link)), 5);
  }

  private static LoadResult load(UdpRelay relay, LoadPlan plan) throws SocketFailure {
    LoadRun run =
        new LoadRun(
            plan.withWarmup(Duration.ZERO)
                .withStop(new Stop.AfterCount(3_000))
                .withDeadline(Duration.ofSeconds(2)));
    LoadResult result = run.run(Progress.NONE);
    PacketCounts down = relay.counters(Direction.DOWN);
    await()
        .atMost(PATIENCE)
        .until(() -> {
          PacketCounts.Snapshot now = down.snapshot();
          return now.delivered() == now.packets() - now.lost() + now.duplicated();
        });
    return result;
  }

  private static UdpSocket client(UdpRelay relay) throws SocketFailure {
    return UdpSocket.connected(relay.address(), UdpConfig.DEFAULT.withReceiveTimeout(PATIENCE));
  }

  private static byte[] received(UdpSocket socket) throws SocketFailure {
    ByteBuffer buffer = ByteBuffer.allocate(128);
    socket.receive(buffer, 128);
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
