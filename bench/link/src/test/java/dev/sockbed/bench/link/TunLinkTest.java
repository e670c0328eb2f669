package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
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
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real kernel sockets over an emulated link; skipped where the system does not let us. */
@Tag("socket")
class TunLinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Leftovers leftovers = Leftovers.lookNow();
  private final Set<String> networksBefore = networks();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(networks()).isEqualTo(networksBefore));
  }

  @ParameterizedTest
  @EnumSource
  void messagesComeBackOverAPerfectLink(Transport transport) {
    try (TunLink link = link("perfect")) {
      LoadResult result = load(link, transport, 500);

      assertThat(result.outcomes().ok()).isEqualTo(500);
      assertThat(link.unfetched()).isZero();
    }
  }

  @Test
  void everyLostDatagramIsADropOfTheLinkAndEveryDuplicateADuplication() {
    try (TunLink link = link("up-loss=3%,down-loss=4%,down-duplicate=5%,delay=1ms")) {
      LoadResult result = load(link, Transport.UDP, 3_000);

      PacketCounts.Snapshot up = link.counters(Direction.UP).snapshot();
      PacketCounts.Snapshot down = link.counters(Direction.DOWN).snapshot();
      assertThat(up.packets()).isEqualTo(result.sent());
      assertThat(down.packets()).isEqualTo(up.delivered());
      assertThat(result.outcomes().lost()).isEqualTo(up.lost() + down.lost()).isPositive();
      assertThat(result.events().duplicate()).isEqualTo(down.duplicated()).isPositive();
    }
  }

  @Test
  void theRelayAndTheRealLinkDropTheSameDatagrams() throws IOException {
    String spec = "up-loss=5%,down-loss=5%";
    long relayed;
    try (UdpEchoServer server =
            UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT);
        UdpRelay relay =
            UdpRelay.open(
                Address.parse("udp://127.0.0.1:0"),
                server.address(),
                Timeline.constant(LinkText.parse(spec)),
                9)) {
      relayed = new LoadRun(plan(relay.address(), 1_000)).run(Progress.NONE).outcomes().lost();
    }
    try (TunLink link = link(spec)) {
      assertThat(load(link, Transport.UDP, 1_000).outcomes().lost())
          .isEqualTo(relayed)
          .isPositive();
    }
  }

  @Test
  void tcpSendsAgainWhatTheLinkLost() {
    try (TunLink link = link("loss=5%")) {
      LoadResult result = load(link, Transport.TCP, 300);

      assertThat(result.outcomes().ok() + result.outcomes().late()).isEqualTo(300);
      assertThat(link.counters(Direction.UP).snapshot().lost()).isPositive();
      assertThat(result.system().tcpRetransmits()).isPositive();
    }
  }

  @Test
  void checksumsCatchFlippedBits() {
    try (TunLink link = link("up-corrupt=20%")) {
      LoadResult result = load(link, Transport.UDP, 500);

      PacketCounts.Snapshot up = link.counters(Direction.UP).snapshot();
      assertThat(result.outcomes().corrupt()).isZero();
      assertThat(result.outcomes().lost()).isEqualTo(up.corrupted()).isPositive();
    }
  }

  /** Of 2,000 packets of 156 bytes, one in 312 loses the four bits that make it IPv4. */
  @Test
  void aPacketThatIsNoIpPacketAnyMoreIsNoFaultOfTheEmulator() {
    try (TunLink link = link("up-corrupt=100%")) {
      load(link, Transport.UDP, 2_000);

      PacketCounts.Snapshot up = link.counters(Direction.UP).snapshot();
      assertThat(up.overflowed()).isZero();
      assertThat(up.delivered()).isEqualTo(2_000);
    }
  }

  @Test
  void theLinkCannotBeSeenFromOutside() throws IOException {
    try (TunLink link = link("perfect")) {
      assertThat(NetworkInterface.getByName("link0")).isNull();
      assertThat(link.<Boolean>inClient(() -> NetworkInterface.getByName("link0") != null))
          .isTrue();
    }
  }

  @Test
  void theTraceHasEveryPacketAndItsFate(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("link.pcap");
    long packets;
    try (PacketTrace trace = PacketTrace.open(file);
        TunLink link = open("up-loss=10%", trace)) {
      load(link, Transport.UDP, 100);
      packets =
          link.counters(Direction.UP).snapshot().packets()
              + link.counters(Direction.DOWN).snapshot().packets();
    }

    assertThat(TraceFile.packets(Files.readAllBytes(file)))
        .hasSize(Math.toIntExact(packets))
        .allSatisfy(body -> assertThat(body[20] >> 4).as("IP version").isEqualTo(4))
        .anySatisfy(
            body -> assertThat(new String(body, StandardCharsets.UTF_8)).contains("dropped: loss"));
  }

  private static TunLink link(String spec) {
    return open(spec, null);
  }

  private static TunLink open(String spec, @Nullable PacketTrace trace) {
    try {
      return TunLink.open(Timeline.constant(LinkText.parse(spec)), 9, trace);
    } catch (NotPermittedException | NotOnThisSystemException e) {
      assumeThat(e.getMessage()).as("may make networks").isNull();
      throw e;
    }
  }

  private static LoadResult load(TunLink link, Transport transport, int messages) {
    try (EchoServer server = link.inServer(() -> serve(transport))) {
      return link.inClient(() -> new LoadRun(plan(server.address(), messages)).run(Progress.NONE));
    }
  }

  private static EchoServer serve(Transport transport) throws IOException {
    Address address = new Address(transport, TunLink.SERVER_ADDRESS, 10_000);
    return switch (transport) {
      case TCP -> TcpEchoServer.open(address, TcpEchoServerConfig.DEFAULT);
      case UDP -> UdpEchoServer.open(address, UdpEchoServerConfig.DEFAULT);
    };
  }

  private static LoadPlan plan(Address server, int messages) {
    return LoadPlan.of(server)
        .withPace(new Pace.OpenLoop(1_000, Arrival.CONSTANT))
        .withStop(new Stop.AfterCount(messages))
        .withWarmup(Duration.ZERO)
        .withDeadline(Duration.ofMillis(1_500));
  }

  /** The networks of this process's threads; empty where there is no /proc. */
  private static Set<String> networks() {
    Path tasks = Path.of("/proc/self/task");
    if (!Files.isDirectory(tasks)) {
      return Set.of();
    }
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads
          .map(TunLinkTest::network)
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String network(Path thread) {
    try {
      return Files.readSymbolicLink(thread.resolve("ns/net")).toString();
    } catch (NoSuchFileException endedMeanwhile) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
