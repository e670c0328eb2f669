package dev.sockbed.bench.load.command;

import dev.sockbed.bench.diff.DiffReport;
import dev.sockbed.bench.diff.Tolerance;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The same load to two servers in short turns: first one, then the other, and the other way round
 * in the next turn. A machine whose speed changes does so to both, so that it takes turns of a
 * quarter of a second to tell servers apart that runs of ten seconds, one after the other, do not.
 *
 * <p>Before the first turn each gets the plan's warm-up; then each turn has a short one, since its
 * connections are new. Made for one use; {@link #cancel} may be called from any thread.
 */
final class TwoServers {
  /** Turns unless the user says how many. */
  static final int DEFAULT_TURNS = 40;

  /** How long a server is measured in a turn unless the user says. */
  static final Stop DEFAULT_STOP = new Stop.After(Duration.ofMillis(250));

  private static final Duration TURN_WARMUP = Duration.ofMillis(20);
  private static final Stop ONLY_WARM_UP = new Stop.AfterCount(1);

  private final LoadPlan first;
  private final LoadPlan second;
  private final List<List<Cell>> ofFirst = new ArrayList<>();
  private final List<List<Cell>> ofSecond = new ArrayList<>();
  private volatile boolean cancelled;
  private volatile @Nullable LoadRun current;

  /**
   * Two servers that were not measured yet.
   *
   * @param first what the first one gets
   * @param second the same for the other
   */
  TwoServers(LoadPlan first, LoadPlan second) {
    this.first = first;
    this.second = second;
  }

  /** Ends the turn that runs, which then does not count, and begins no other. */
  void cancel() {
    cancelled = true;
    LoadRun run = current;
    if (run != null) {
      run.cancel();
    }
  }

  /**
   * Measures, in the calling thread.
   *
   * @param turns how often each server is measured
   * @param progress is told how many turns are done
   * @return the result of a run that found its server gone, with which it ended; else null
   * @throws SocketFailure if a server can't be reached
   */
  @Nullable LoadResult run(int turns, IntConsumer progress) throws SocketFailure {
    for (LoadPlan plan : List.of(first, second)) {
      if (!cancelled) {
        measured(plan.withStop(ONLY_WARM_UP));
      }
    }
    for (int turn = 1; turn <= turns && !cancelled; turn++) {
      progress.accept(turn - 1);
      boolean firstBegins = turn % 2 == 1;
      LoadResult one = measured(inTurn(firstBegins ? first : second, turn));
      LoadResult other = cancelled ? one : measured(inTurn(firstBegins ? second : first, turn));
      if (cancelled) {
        return null;
      }
      for (LoadResult result : List.of(one, other)) {
        if (result.connectionsGone() > 0) {
          return result;
        }
      }
      ofFirst.add(cells(firstBegins ? one : other, turn));
      ofSecond.add(cells(firstBegins ? other : one, turn));
    }
    return null;
  }

  /** How many turns both servers had. */
  int turns() {
    return ofFirst.size();
  }

  /** What follows from the turns there were. */
  DiffReport report(Tolerance tolerance) {
    return DiffReport.ofTurns(
        first.target().toString(), second.target().toString(), ofFirst, ofSecond, tolerance);
  }

  private static LoadPlan inTurn(LoadPlan plan, int turn) {
    return plan.withSeed(plan.seed() + turn - 1).withWarmup(TURN_WARMUP);
  }

  private LoadResult measured(LoadPlan plan) throws SocketFailure {
    LoadRun run = new LoadRun(plan);
    current = run;
    if (cancelled) {
      run.cancel(); // It may not have been there yet to be cancelled.
    }
    try {
      return run.run((_, _, _) -> {});
    } finally {
      current = null;
    }
  }

  private static List<Cell> cells(LoadResult result, int turn) {
    return List.of(result.toCell(LoadCommand.SCENARIO, turn, null));
  }
}
