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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sending, receiving, checking and recording leave no garbage. */
class LoadAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Stream<Arguments> ways() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.of(IoMode.PLAIN, IoMode.AUTO).map(io -> Arguments.of(transport, io)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("ways")
  void aMessageOfAClosedLoopAllocatesNothing(Transport transport, IoMode io) throws Exception {
    try (EchoServer server = server(transport, io)) {
      LoadPlan plan =
          LoadPlan.of(server.address())
              .withSocket(
                  transport == Transport.TCP
                      ? TcpConfig.DEFAULT.withIo(io)
                      : UdpConfig.DEFAULT.withIo(io))
              .withPace(new Pace.ClosedLoop(32))
              .withWarmup(Duration.ZERO)
              .withStop(new Stop.After(Duration.ofMinutes(1)));
      LoadRun run = new LoadRun(plan);
      AtomicLong sent = new AtomicLong();
      CompletableFuture<LoadResult> result = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              result.complete(run.run((_, _, now) -> sent.set(now)));
            } catch (IOException | RuntimeException e) {
              result.completeExceptionally(e);
            }
          });
      Stretch stretch = new Stretch(sent);
      // Until the compiler is done, some of the JDK's objects are real.
      await().atMost(PATIENCE).until(() -> stretch.bytesAMessage() < 0.1);
      run.cancel();
      LoadResult found = result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(found.outcomes().ok()).isEqualTo(found.sent());
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

  /** What the load's one thread allocated since it was last looked at. */
  private static final class Stretch {
    private static final int FEWEST = 1_000;

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
      long bytes = THREADS.getThreadAllocatedBytes(loadThread());
      double each = (double) (bytes - bytesBefore) / (now - sentBefore);
      sentBefore = now;
      bytesBefore = bytes;
      return each;
    }

    private static long loadThread() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("sockbed-load-0"))
          .findFirst()
          .orElseThrow()
          .threadId();
    }
  }
}
