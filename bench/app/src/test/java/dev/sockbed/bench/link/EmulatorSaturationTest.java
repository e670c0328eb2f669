package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More packets than an emulator can take: what is missing then is its own fault, and it says so.
 * Batched sending is the quickest.
 */
@Tag("process")
class EmulatorSaturationTest {
  private static final Timeline PERFECT = Timeline.constant(LinkSpec.PERFECT);
  private static final Address ANY_PORT = Address.parse("udp://127.0.0.1:0");
  private static final UdpConfig PLAIN = UdpConfig.DEFAULT;
  private static final UdpConfig BATCHED = PLAIN.withIo(IoMode.BATCHED);
  private static final int FEW_BYTES = 4_096;
  private static final int DATAGRAMS_A_CALL = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Leftovers leftovers = Leftovers.lookNow();

  @BeforeEach
  void sendingIsQuick() {
    assumeThat(BatchedIo.isAvailable()).as("batched sending").isTrue();
  }

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  /** Its threads are quicker than the sender, but for one that must wait for the trace. */
  @Test
  void aRealLinkCountsWhatItDidNotFetch(@TempDir Path folder) throws IOException {
    try (PacketTrace trace = PacketTrace.open(folder.resolve("link.pcapng"));
        TunLink link = open(trace);
        UdpSocket nobodyReads = link.serverSide().make(EmulatorSaturationTest::socket);
        UdpSocket client = link.clientSide().make(EmulatorSaturationTest::socket)) {
      nobodyReads.bind(new InetSocketAddress(10_000));
      client.connect(new InetSocketAddress(server(), 10_000));

      synchronized (trace) {
        flood(client, () -> link.unfetched() > 0);
      }

      assertThat(link.unfetched()).isPositive();
      assertThat(link.counters(Direction.UP).snapshot().dropped()).isZero();
    }
  }

  @Test
  void aRelayCountsWhatItDidNotFetch() throws SocketFailure {
    try (UdpSocket nobodyReads = socket()) {
      nobodyReads.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Address to = Address.of(ANY_PORT.transport(), nobodyReads.localAddress());
      UdpConfig small = PLAIN.withReceiveBufferBytes(FEW_BYTES);
      try (UdpRelay relay =
              UdpRelay.open(
                  ANY_PORT,
                  NetworkContext.HERE,
                  to,
                  NetworkContext.HERE,
                  PERFECT,
                  1,
                  small.withReceiveLimit(UdpConfig.LONGEST_DATAGRAM));
          UdpSocket client = UdpSocket.connected(relay.address(), BATCHED)) {
        flood(client, () -> relay.unfetched() > 0);

        assertThat(relay.unfetched()).isPositive();
        assertThat(relay.counters(Direction.UP).snapshot().dropped()).isZero();
      }
    }
  }

  @Test
  void theCommandWarnsOfItAndDoesNotBlameTheLink() throws SocketFailure {
    try (UdpSocket nobodyReads = socket()) {
      nobodyReads.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Address to = Address.of(ANY_PORT.transport(), nobodyReads.localAddress());
      try (Peer link = SockbedProcess.start("link", "--listen", ANY_PORT, "--to", to)) {
        link.awaitOutput("link to ");
        String listening =
            link.output().lines().findFirst().orElseThrow().substring("listening ".length());
        try (UdpSocket client = UdpSocket.connected(Address.parse(listening), BATCHED)) {
          flood(client, () -> link.errors().contains("the emulator was too slow"));
        }
        assertThat(link.errors())
            .matches(
                "warning: \\d+ packets were dropped by the system because the emulator was"
                    + " too slow: a fault of the emulator, not of what is tried here; send less\n");
      }
    }
  }

  /** Sends as quickly as can be until it is enough. */
  private static void flood(UdpSocket client, BooleanSupplier enough) throws SocketFailure {
    ByteBuffer datagram = ByteBuffer.allocateDirect(64);
    long begin = System.nanoTime();
    while (!enough.getAsBoolean() && System.nanoTime() - begin < PATIENCE.toNanos()) {
      for (int i = 0; i < DATAGRAMS_A_CALL; i++) {
        while (!client.enqueue(datagram.clear())) {
          client.flush();
        }
      }
      client.flush();
    }
  }

  private static TunLink open(PacketTrace trace) {
    try {
      return TunLink.open(PERFECT, 1, trace);
    } catch (NotPermittedException | NotOnThisSystemException e) {
      assumeThat(e.getMessage()).as("may make networks").isNull();
      throw e;
    }
  }

  private static UdpSocket socket() throws SocketFailure {
    return UdpSocket.open(AddressFamily.INET, BATCHED);
  }

  private static InetAddress server() {
    return InetAddress.ofLiteral(TunLink.SERVER_ADDRESS);
  }
}
