package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Peer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sending and receiving leave no garbage. One thread is both ends, so it is all counted. */
class AllocationTest {
  private static final int ROUND_TRIPS = 3_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Way> ways() {
    return Way.all().filter(way -> way.threads() == ThreadKind.PLATFORM);
  }

  static Stream<Way> udpWays() {
    return ways().filter(way -> way.transport() == Transport.UDP);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aRoundTripAllocatesNothing(Way way) throws Exception {
    try (Ends ends = way.open()) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(128);
      assertAllocatesNothing(() -> {
        ends.near().send(buffer.clear());
        ends.far().receive(buffer.clear(), 128);
        ends.far().send(buffer.flip());
        ends.near().receive(buffer.clear(), 128);
      });
    }
  }

  @ParameterizedTest
  @MethodSource("udpWays")
  void answeringTheSameSenderAllocatesNothing(Way way) throws Exception {
    try (UdpSocket server = UdpSocket.open(AddressFamily.INET, way.udp());
        UdpSocket client = UdpSocket.open(AddressFamily.INET, way.udp())) {
      server.bind(Ends.anyPort(AddressFamily.INET));
      client.connect(server.localAddress());
      ByteBuffer buffer = ByteBuffer.allocateDirect(128);
      assertAllocatesNothing(() -> {
        client.send(buffer.clear());
        server.receiveFrom(buffer.clear(), 128);
        server.sendTo(buffer.flip(), server.sender());
        client.receive(buffer.clear(), 128);
      });
    }
  }

  private interface RoundTrip {
    void make() throws Exception;
  }

  private static void assertAllocatesNothing(RoundTrip roundTrip) throws Exception {
    double bytes = Double.MAX_VALUE;
    // Until the compiler is done, some of the JDK's objects are real.
    long patience = System.nanoTime() + Peer.PATIENCE.toNanos();
    while (bytes >= 0.1 && System.nanoTime() - patience < 0) {
      bytes = bytesPerRoundTrip(roundTrip);
    }
    assertThat(bytes).as("bytes a round trip").isLessThan(0.1);
  }

  private static double bytesPerRoundTrip(RoundTrip roundTrip) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUND_TRIPS; i++) {
      roundTrip.make();
    }
    return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUND_TRIPS;
  }
}
