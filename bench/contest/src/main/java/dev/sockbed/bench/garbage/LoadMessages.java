package dev.sockbed.bench.garbage;

import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.Pace;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.server.EchoServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages that the load generator sends in threads of its own, as long as this is open. It tells
 * some times a second how many there were.
 */
final class LoadMessages implements TrafficPattern.Messages {
  private static final long LOOK_NANOS = 1_000_000;
  private static final long PATIENCE_SECONDS = 30;

  /** Of a message; all come back, however busy the machine is. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final LoadRun run;

  /** On a machine that does other work, datagrams that come by the clock overflow a buffer. */
  private final boolean lossy;

  private final AtomicLong sent = new AtomicLong();
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
  private long counted;

  LoadMessages(EchoServer server, SocketConfig config, Pace pace) {
    lossy = config instanceof UdpConfig && pace instanceof Pace.OpenLoop;
    run =
        new LoadRun(
            LoadPlan.of(server.address())
                .withSocket(config)
                .withPace(pace)
                .withWarmup(Duration.ZERO)
                .withDeadline(DEADLINE)
                .withStop(new Stop.After(Duration.ofHours(1))));
    Thread.ofPlatform().daemon().name("garbage-load").start(this::load);
  }

  private void load() {
    try {
      result.complete(run.run((_, _, now) -> sent.setOpaque(now)));
    } catch (IOException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void run(int count) throws IOException {
    counted += count;
    while (sent.getOpaque() < counted) {
      if (result.isDone()) {
        throw new IOException("the load ended: " + result);
      }
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    run.cancel();
    try {
      LoadResult found = result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      long back = found.outcomes().ok() + found.outcomes().late();
      if (back < (lossy ? found.sent() / 2 : found.sent())) {
        throw new IOException("too few came back: " + found.outcomes() + " " + found.faults());
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the load failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
