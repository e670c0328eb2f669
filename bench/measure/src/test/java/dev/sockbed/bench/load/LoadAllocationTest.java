package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sending, receiving, checking, recording, and watching over it leave no garbage. Each run is the
 * only one in its process, as a user's is: code that was compiled for all ways at once suits none
 * of them.
 */
@Tag("process")
class LoadAllocationTest {
  /** Longer than a run looks for a stretch without garbage. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  static Stream<Arguments> ways() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.of(IoMode.PLAIN, IoMode.AUTO).map(io -> Arguments.of(transport, io)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("ways")
  void aMessageOfAClosedLoopAllocatesNothing(Transport transport, IoMode io) throws Exception {
    List<String> told = runUntilNothingIsAllocated(transport, io, "closed");
    assertThat(told).contains("all ok");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("ways")
  void aMessageOfAnOpenLoopAllocatesNothing(Transport transport, IoMode io) throws Exception {
    List<String> told = runUntilNothingIsAllocated(transport, io, "open");
    // On a busy machine some may be late.
    assertThat(told).containsAnyOf("all ok", "some ok");
  }

  private static List<String> runUntilNothingIsAllocated(
      Transport transport, IoMode io, String pace) throws IOException {
    try (EchoServer server = server(transport, io);
        Peer program =
            Peer.start(
                JavaCommand.optimized(JvmFlags.ALL, Program.class, server.address(), io, pace))) {
      assertThat(program.awaitExit(PATIENCE)).as(program.errors()).isZero();
      List<String> told = program.output().lines().toList();
      assertThat(Double.parseDouble(told.get(0))).as("bytes a message").isLessThan(0.1);
      assertThat(Long.parseLong(told.get(1))).as("bytes of a watch over the run").isZero();
      return told;
    }
  }

  private static EchoServer server(Transport transport, IoMode io) throws IOException {
    Address local = new Address(transport, "127.0.0.1", 0);
    return switch (transport) {
      case TCP ->
          TcpEchoServer.open(
              local, TcpEchoServerConfig.DEFAULT.withSocket(TcpConfig.DEFAULT.withIo(io)));
      case UDP ->
          UdpEchoServer.open(
              local, UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withIo(io)));
    };
  }

  /**
   * Runs a load until a stretch was seen in which its threads allocated nothing to speak of, and
   * prints how much they allocated in the last one.
   */
  static final class Program {
    /** Of a closed loop: longer than a busy machine stands still. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      LoadPlan plan =
          plan(
              Address.parse(arguments[0]),
              IoMode.valueOf(arguments[1]),
              arguments[2].equals("closed")
                  ? new Pace.ClosedLoop(32)
                  : new Pace.OpenLoop(10_000, Arrival.CONSTANT));
      LoadRun run = new LoadRun(plan, null, DEADLINE);
      Stretches stretches = new Stretches(run);
      LoadResult found = run.run(stretches);

      System.out.println(stretches.bytesAMessage);
      System.out.println(stretches.leastBytesOfAWatch);
      long ok = found.outcomes().ok();
      System.out.println(ok == found.sent() ? "all ok" : ok > 0 ? "some ok" : "none ok");
    }

    private static LoadPlan plan(Address server, IoMode io, Pace pace) {
      return LoadPlan.of(server)
          .withSocket(
              server.transport() == Transport.TCP
                  ? TcpConfig.DEFAULT.withIo(io)
                  : UdpConfig.DEFAULT.withIo(io))
          .withPace(pace)
          .withDeadline(pace instanceof Pace.ClosedLoop ? DEADLINE : Duration.ofSeconds(1))
          .withWarmup(Duration.ZERO)
          .withStop(new Stop.After(Duration.ofMinutes(3)));
    }
  }

  /**
   * Looks from time to time what the run's threads have allocated; called by the thread that
   * watches over it.
   */
  private static final class Stretches implements Progress {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FEWEST = 10_000;

    private final LoadRun run;
    private long sentBefore;
    private long bytesBefore;
    private long watchBefore;
    private double bytesAMessage = Double.MAX_VALUE;
    private long leastBytesOfAWatch = Long.MAX_VALUE;

    Stretches(LoadRun run) {
      this.run = run;
    }

    @Override
    public void at(long elapsedNanos, long totalNanos, long sent) {
      if (watchBefore > 0) {
        long watch = THREADS.getCurrentThreadAllocatedBytes() - watchBefore;
        leastBytesOfAWatch = Math.min(leastBytesOfAWatch, watch);
      }
      // Until the compiler is done, some of the JDK's objects are real.
      if (bytesAMessage >= 0.1 && sent - sentBefore >= FEWEST) {
        long bytes = ofTheLoops();
        bytesAMessage = (double) (bytes - bytesBefore) / (sent - sentBefore);
        bytesBefore = bytes;
        sentBefore = sent;
      }
      if (bytesAMessage < 0.1 && leastBytesOfAWatch == 0) {
        run.cancel();
      }
      // What this method allocates is none of the run's.
      watchBefore = THREADS.getCurrentThreadAllocatedBytes();
    }

    private static long ofTheLoops() {
      long[] ids =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("sockbed-load-"))
              .mapToLong(Thread::threadId)
              .toArray();
      assertThat(ids).isNotEmpty();
      long bytes = 0;
      for (long id : ids) {
        bytes += THREADS.getThreadAllocatedBytes(id);
      }
      return bytes;
    }
  }
}
