package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending and receiving leave no garbage. One thread is both ends, so it is all counted. */
@Tag("process")
class AllocationTest {
  private static final int ROUND_TRIPS = 3_000;

  /** Longer than a busy machine needs to compile what a round trip does. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** How long all ways of a program may take. */
  private static final Duration PATIENCE_WITH_ALL = PATIENCE.multipliedBy(6);

  static Stream<Arguments> kinds() {
    return Stream.of(Transport.values())
        .flatMap(transport -> modes().stream().map(io -> Arguments.of(transport, io)));
  }

  static Set<IoMode> modes() {
    return EnumSet.of(IoMode.PLAIN, IoMode.AUTO.onThisSystem());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aRoundTripAllocatesNothing(Transport transport, IoMode io) {
    assertAllocatesNothing("round-trip", transport, io);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void answeringTheSameSenderAllocatesNothing(IoMode io) {
    assertAllocatesNothing("answer", Transport.UDP, io);
  }

  /** As on a machine so busy that calls are counted only when the compiler already decides. */
  @ParameterizedTest
  @ValueSource(strings = {"abi.SharedUtils::checkCaptureSegment", "*::*"})
  void norDoesItWhereTheCompilerCountsLate(String methods) {
    assumeTrue(BatchedIo.isAvailable(), "batches need Linux");
    String late =
        "-XX:CompileCommand=CompileThresholdScaling,jdk.internal.foreign." + methods + ",20.0";
    assertAllocatesNothing("answer", Transport.UDP, IoMode.BATCHED, late);
  }

  /**
   * A process for each kind of socket: code that was compiled for all kinds at once suits none of
   * them.
   */
  private static void assertAllocatesNothing(
      String what, Transport transport, IoMode io, String... flags) {
    List<String> all = Stream.concat(JvmFlags.ALL.stream(), Stream.of(flags)).toList();
    String[] command = JavaCommand.optimized(all, Program.class, what, transport, io);
    try (Peer program = Peer.start(command)) {
      assertThat(program.awaitExit(PATIENCE_WITH_ALL)).as(program.errors()).isZero();
      assertThat(program.output().lines())
          .hasSize((int) Program.ways(transport, io).count())
          .allSatisfy(way -> assertThat(bytes(way)).as(way).isLessThan(0.1));
    }
  }

  private static double bytes(String way) {
    return Double.parseDouble(way.substring(way.lastIndexOf(' ') + 1));
  }

  /** Makes round trips in each way and prints how many bytes each allocates in the end. */
  static final class Program {
    private Program() {}

    static Stream<Way> ways(Transport transport, IoMode io) {
      return Way.all()
          .filter(way ->
              way.threads() == ThreadKind.PLATFORM
                  && way.transport() == transport
                  && way.io() == io);
    }

    public static void main(String[] arguments) throws Exception {
      Transport transport = Transport.valueOf(arguments[1]);
      for (Way way : ways(transport, IoMode.valueOf(arguments[2])).toList()) {
        double bytes = arguments[0].equals("round-trip") ? ofRoundTrips(way) : ofAnswers(way);
        System.out.println(way + ": " + bytes);
      }
    }

    private static double ofRoundTrips(Way way) throws Exception {
      try (Ends ends = way.open()) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(128);
        return inTheEnd(() -> {
          ends.near().send(buffer.clear());
          ends.far().receive(buffer.clear(), 128);
          ends.far().send(buffer.flip());
          ends.near().receive(buffer.clear(), 128);
        });
      }
    }

    private static double ofAnswers(Way way) throws Exception {
      try (UdpSocket server = UdpSocket.open(AddressFamily.INET, way.udp());
          UdpSocket client = UdpSocket.open(AddressFamily.INET, way.udp())) {
        server.bind(Ends.anyPort(AddressFamily.INET));
        client.connect(server.localAddress());
        ByteBuffer buffer = ByteBuffer.allocateDirect(128);
        return inTheEnd(() -> {
          client.send(buffer.clear());
          server.receiveFrom(buffer.clear(), 128);
          server.sendTo(buffer.flip(), server.sender());
          client.receive(buffer.clear(), 128);
        });
      }
    }

    private static double inTheEnd(RoundTrip roundTrip) throws Exception {
      double bytes = Double.MAX_VALUE;
      // Until the compiler is done, some of the JDK's objects are real.
      long patience = System.nanoTime() + PATIENCE.toNanos();
      while (bytes >= 0.1 && System.nanoTime() - patience < 0) {
        bytes = bytesPerRoundTrip(roundTrip);
      }
      return bytes;
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
