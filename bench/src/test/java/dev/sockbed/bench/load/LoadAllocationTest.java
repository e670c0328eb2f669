package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sending, receiving, checking and recording leave no garbage. */
@Tag("socket")
class LoadAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of a closed loop: longer than a busy machine stands still. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  static Stream<Arguments> ways() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.of(IoMode.PLAIN, IoMode.AUTO).map(io -> Arguments.of(transport, io)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("ways")
  void aMessageOfAClosedLoopAllocatesNothing(Transport transport, IoMode io) throws Exception {
    LoadResult found = runUntilNothingIsAllocated(transport, io, new Pace.ClosedLoop(32));
    assertThat(found.outcomes().ok()).isEqualTo(found.sent());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("ways")
  void aMessageOfAnOpenLoopAllocatesNothing(Transport transport, IoMode io) throws Exception {
    Pace pace = new Pace.OpenLoop(10_000, Arrival.CONSTANT);
    LoadResult found = runUntilNothingIsAllocated(transport, io, pace);
    // On a busy machine some may be late.
    assertThat(found.outcomes().ok()).isPositive();
  }

  /** Ends when a stretch was seen in which the loops' threads allocated nothing to speak of. */
  private static LoadResult runUntilNothingIsAllocated(Transport transport, IoMode io, Pace pace)
      throws Exception {
    try (EchoServer server = server(transport, io)) {
      LoadRun run = new LoadRun(plan(server, io, pace), null, DEADLINE);
      AtomicLong sent = new AtomicLong();
      CompletableFuture<LoadResult> result = started(run, (_, _, now) -> sent.set(now));
      Stretch stretch = new Stretch(sent);
      // Until the compiler is done, some of the JDK's objects are real.
      await().atMost(PATIENCE).until(() -> stretch.bytesAMessage() < 0.1);
      run.cancel();
      return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void watchingOverARunAndTellingItsProgressAllocatesNothing(Transport transport) throws Exception {
    try (EchoServer server = server(transport, IoMode.PLAIN)) {
      LoadRun run = new LoadRun(plan(server, IoMode.PLAIN, new Pace.ClosedLoop(1)));
      AtomicLong before = new AtomicLong();
      AtomicLong least = new AtomicLong(Long.MAX_VALUE);
      CompletableFuture<LoadResult> result =
          started(
              run,
              (_, _, _) -> {
                long now = THREADS.getCurrentThreadAllocatedBytes();
                long last = before.getAndSet(now);
                if (last > 0) {
                  least.accumulateAndGet(now - last, Math::min);
                }
              });
      await().atMost(PATIENCE).until(() -> least.get() == 0);
      run.cancel();
      assertThat(result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).sent()).isPositive();
    }
  }

  private static LoadPlan plan(EchoServer server, IoMode io, Pace pace) {
    return LoadPlan.of(server.address())
        .withSocket(
            server.address().transport() == Transport.TCP
                ? TcpConfig.DEFAULT.withIo(io)
                : UdpConfig.DEFAULT.withIo(io))
        .withPace(pace)
        .withDeadline(pace instanceof Pace.ClosedLoop ? DEADLINE : Duration.ofSeconds(1))
        .withWarmup(Duration.ZERO)
        .withStop(new Stop.After(Duration.ofMinutes(2)));
  }

  private static CompletableFuture<LoadResult> started(LoadRun run, Progress progress) {
    CompletableFuture<LoadResult> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            result.complete(run.run(progress));
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
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

  /** What the loops' threads allocated since they were last looked at. */
  private static final class Stretch {
    private static final int FEWEST = 10_000;

    private final AtomicLong sent;
    private long sentBefore;
    private long bytesBefore;

    Stretch(AtomicLong sent) {
      this.sent = sent;
    }

    double bytesAMessage() {
      long now = sent.get();
      if (now - sentBefore < FEWEST) {
        return Double.MAX_VALUE;
      }
      long bytes = 0;
      for (long id : loopThreads()) {
        bytes += THREADS.getThreadAllocatedBytes(id);
      }
      double each = (double) (bytes - bytesBefore) / (now - sentBefore);
      sentBefore = now;
      bytesBefore = bytes;
      return each;
    }

    private static long[] loopThreads() {
      long[] ids =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("sockbed-load-"))
              .mapToLong(Thread::threadId)
              .toArray();
      assertThat(ids).isNotEmpty();
      return ids;
    }
  }
}
