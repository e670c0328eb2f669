package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending and receiving leave no garbage. One thread is both ends, so it is all counted. */
@Tag("process")
class AllocationTest {
  private static final int ROUND_TRIPS = 3_000;

  /** Twice as long as a busy machine needs to compile what a round trip does. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Way> ways() {
    return Way.all().filter(way -> way.threads() == ThreadKind.PLATFORM);
  }

  static Stream<Way> udpWays() {
    return ways().filter(way -> way.transport() == Transport.UDP);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aRoundTripAllocatesNothing(Way way) {
    assertAllocatesNothing("round-trip", way);
  }

  @ParameterizedTest
  @MethodSource("udpWays")
  void answeringTheSameSenderAllocatesNothing(Way way) {
    assertAllocatesNothing("answer", way);
  }

  /** As on a machine so busy that calls are counted only when the compiler already decides. */
  @ParameterizedTest
  @ValueSource(strings = {"abi.SharedUtils::checkCaptureSegment", "*::*"})
  void norDoesItWhereTheCompilerCountsLate(String methods) {
    assumeTrue(BatchedIo.isAvailable(), "batches need Linux");
    String late =
        "-XX:CompileCommand=CompileThresholdScaling,jdk.internal.foreign." + methods + ",20.0";
    Way way =
        new Way(Transport.UDP, ThreadKind.PLATFORM, WaitStrategy.BLOCK, IoMode.BATCHED, false);
    assertAllocatesNothing("answer", way, late);
  }

  /** In a process of its own: code that was compiled for all ways at once suits none of them. */
  private static void assertAllocatesNothing(String what, Way way, String... flags) {
    List<String> all = Stream.concat(JvmFlags.ALL.stream(), Stream.of(flags)).toList();
    int index = ways().toList().indexOf(way);
    try (Peer program = Peer.start(JavaCommand.optimized(all, Program.class, what, index))) {
      assertThat(program.awaitExit(PATIENCE)).as(program.errors()).isZero();
      assertThat(Double.parseDouble(program.output())).as("bytes a round trip").isLessThan(0.1);
    }
  }

  /** Makes round trips and prints how many bytes each allocates in the end. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Way way = ways().toList().get(Integer.parseInt(arguments[1]));
      switch (arguments[0]) {
        case "round-trip" -> makeRoundTrips(way);
        default -> answer(way);
      }
    }

    private static void makeRoundTrips(Way way) throws Exception {
      try (Ends ends = way.open()) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(128);
        tell(() -> {
          ends.near().send(buffer.clear());
          ends.far().receive(buffer.clear(), 128);
          ends.far().send(buffer.flip());
          ends.near().receive(buffer.clear(), 128);
        });
      }
    }

    private static void answer(Way way) throws Exception {
      try (UdpSocket server = UdpSocket.open(AddressFamily.INET, way.udp());
          UdpSocket client = UdpSocket.open(AddressFamily.INET, way.udp())) {
        server.bind(Ends.anyPort(AddressFamily.INET));
        client.connect(server.localAddress());
        ByteBuffer buffer = ByteBuffer.allocateDirect(128);
        tell(() -> {
          client.send(buffer.clear());
          server.receiveFrom(buffer.clear(), 128);
          server.sendTo(buffer.flip(), server.sender());
          client.receive(buffer.clear(), 128);
        });
      }
    }

    private static void tell(RoundTrip roundTrip) throws Exception {
      double bytes = Double.MAX_VALUE;
      // Until the compiler is done, some of the JDK's objects are real.
      long patience = System.nanoTime() + PATIENCE.toNanos() / 2;
      while (bytes >= 0.1 && System.nanoTime() - patience < 0) {
        bytes = bytesPerRoundTrip(roundTrip);
      }
      System.out.print(bytes);
    }

    private static double bytesPerRoundTrip(RoundTrip roundTrip) throws Exception {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUND_TRIPS; i++) {
        roundTrip.make();
      }
      return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUND_TRIPS;
    }
  }

  private interface RoundTrip {
    void make() throws Exception;
  }
}
