package dev.sockbed.bench.scale;

import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.Progress;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs 100 active connections, one message of 128 bytes under way on each, alone and beside more
 * and more held ones, again and again.
 */
public final class ScaleRun {
  private static final List<Integer> HELD = List.of(0, 1, 10, 100, 1_000, 10_000);
  private static final List<Integer> QUICK_HELD = List.of(0, 100, 1_000);
  private static final int ACTIVE = 100;
  private static final Duration DURATION = Duration.ofSeconds(4);
  private static final Duration QUICK_DURATION = Duration.ofMillis(400);

  /** Of a message; all come back, however busy the machine is. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final int SPARE = 500;
  private static final int WARM_UPS = 2;

  /** Threads and descriptors that a JVM opens for itself when it likes. */
  private static final int SLACK = 16;

  private static final Duration BACK_TO_BASE = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = 10_000_000;

  private final int trials;
  private final List<Integer> held;
  private final Duration duration;
  private final PrintWriter progress;
  private final ScaleTable table = new ScaleTable();

  /**
   * A run that has not begun.
   *
   * @param trials how often each number of held connections is measured
   * @param quick whether to show only that all of it works
   */
  public ScaleRun(int trials, boolean quick, PrintWriter progress) {
    this.trials = trials;
    this.held = quick ? QUICK_HELD : HELD;
    this.duration = quick ? QUICK_DURATION : DURATION;
    this.progress = progress;
  }

  /** Runs everything. */
  public ScaleTable run() throws IOException {
    for (ThreadKind threads : ThreadKind.values()) {
      for (int trial = 1; trial <= trials; trial++) {
        progress.printf("%s threads, trial %d of %d%n", threads.label(), trial, trials);
        progress.flush();
        // A server that has held thousands keeps memory for the next ones: no base line for them.
        try (ObservedServer server =
            ObservedServer.start(threads, held.getLast() + ACTIVE + SPARE)) {
          for (int i = 0; i < WARM_UPS; i++) {
            exchange(server, threads);
          }
          trial(server, threads);
        }
      }
    }
    return table;
  }

  private void trial(ObservedServer server, ThreadKind threads) throws IOException {
    awaitActiveGone(server);
    long heap = server.heapBytes();
    long resident = server.residentBytes();
    int baseThreads = server.threads();
    int baseDescriptors = server.descriptors();
    List<ScaleTable.Sample> samples = new ArrayList<>();
    try (HeldConnections connections = new HeldConnections(server)) {
      for (int count : held) {
        connections.growTo(count);
        awaitActiveGone(server);
        int threadsNow = server.threads();
        int descriptorsNow = server.descriptors();
        long heapNow = server.heapBytes() - heap;
        long residentNow = server.residentBytes() - resident;
        LoadResult result = exchange(server, threads);
        samples.add(
            new ScaleTable.Sample(
                count,
                result.service().getValueAtPercentile(50),
                result.service().getValueAtPercentile(99),
                heapNow,
                residentNow,
                threadsNow,
                descriptorsNow));
      }
    }
    table.add(threads, samples, isBack(server, baseThreads + SLACK, baseDescriptors + SLACK));
  }

  private LoadResult exchange(ObservedServer server, ThreadKind threads) throws IOException {
    LoadPlan plan =
        LoadPlan.of(server.address())
            .withSocket(TcpConfig.DEFAULT.withThreads(threads))
            .withConnections(ACTIVE)
            .withWarmup(duration.dividedBy(4))
            .withDeadline(DEADLINE)
            .withStop(new Stop.After(duration));
    LoadResult result = new LoadRun(plan).run(Progress.NONE);
    if (result.outcomes().ok() != result.sent()) {
      throw new IOException("not all came back: " + result.outcomes() + " " + result.faults());
    }
    return result;
  }

  /** The active connections' threads and descriptors end a moment after their connections. */
  private static void awaitActiveGone(ObservedServer server) throws IOException {
    int before = Integer.MAX_VALUE;
    for (int now = inUse(server); now < before; now = inUse(server)) {
      before = now;
      LockSupport.parkNanos(10 * LOOK_NANOS);
    }
  }

  private static int inUse(ObservedServer server) throws IOException {
    return server.threads() + server.descriptors();
  }

  private static boolean isBack(ObservedServer server, int threads, int descriptors)
      throws IOException {
    long start = System.nanoTime();
    while (server.threads() > threads || server.descriptors() > descriptors) {
      if (System.nanoTime() - start > BACK_TO_BASE.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }
}
