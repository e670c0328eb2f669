package dev.sockbed.bench.conformance.run;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run of one case, in a thread of its own and with a deadline. */
final class Attempt<S extends Scene> {
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
  private static final String END = "the end";

  /** How often the clock is asked whether the deadline has passed: it need not be the system's. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /** What goes on, however slowly, is not broken off before so many deadlines. */
  private static final int MOST_DEADLINES = 6;

  private final Case<S> tested;
  private final S scene;
  private final WireLog log;
  private final Duration deadline;
  private final boolean allLogs;
  private final LongSupplier clock;
  private volatile String at = "the beginning";

  /**
   * A run that has yet to begin.
   *
   * @param allLogs whether to keep the wire log if it passes, too
   * @param clock by which the deadline counts: nanoseconds, as of {@link System#nanoTime}
   */
  Attempt(Case<S> tested, S scene, Duration deadline, boolean allLogs, LongSupplier clock) {
    this.tested = tested;
    this.scene = scene;
    this.log = scene.log();
    this.deadline = deadline;
    this.allLogs = allLogs;
    this.clock = clock;
  }

  /**
   * Runs it, and closes its scene.
   *
   * @throws InterruptedException if interrupted; then it is broken off
   */
  AttemptOutcome outcome() throws InterruptedException {
    long start = clock.getAsLong();
    FutureTask<@Nullable Closing> task = new FutureTask<>(this::play);
    Thread thread = ThreadKind.VIRTUAL.start("sockbed-check-case", task);
    try {
      Closing closing = await(task, start);
      List<WireEvent> log = allLogs ? log() : List.of();
      Duration missed =
          closing != null && closing.verdict() == CaseVerdict.FAIL ? Closing.IN_TIME : null;
      return new AttemptOutcome(
          CaseVerdict.PASS, null, null, null, closing, missed, since(start), log);
    } catch (TimeoutException e) {
      return brokenOff(since(start));
    } catch (ExecutionException e) {
      return outcome(e.getCause(), since(start));
    } finally {
      task.cancel(true);
      scene.close();
      awaitEnd(thread);
    }
  }

  /** Waits as long as something happens on the wire, within bounds. */
  private @Nullable Closing await(FutureTask<@Nullable Closing> task, long start)
      throws InterruptedException, ExecutionException, TimeoutException {
    long last = start + (scene.goesOnWhileItMoves() ? MOST_DEADLINES : 1) * deadline.toNanos();
    long until = start + deadline.toNanos();
    while (true) {
      try {
        long left = Math.clamp(until - clock.getAsLong(), 0, LOOK.toNanos());
        return task.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException stillAtIt) {
        if (until - clock.getAsLong() > 0) {
          continue;
        }
        long moved = log.lastNanos() + deadline.toNanos();
        until = moved - last < 0 ? moved : last;
        if (until - clock.getAsLong() <= 0) {
          throw stillAtIt;
        }
      }
    }
  }

  private @Nullable Closing play() throws Violation, Undecided, InterruptedException {
    for (Step<S> step : tested.steps()) {
      at = step.text();
      step.action().run(scene);
    }
    at = END;
    return scene.end();
  }

  /** A case that is broken off may be starting a program, which must not be left behind. */
  private static void awaitEnd(Thread broken) {
    try {
      if (!broken.join(LAST_MOMENT)) {
        System.Logger log = System.getLogger(Attempt.class.getName());
        log.log(System.Logger.Level.WARNING, "a case did not end within {0}", LAST_MOMENT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AttemptOutcome outcome(@Nullable Throwable cause, long durationNs) {
    return switch (cause) {
      case Violation e ->
          new AttemptOutcome(
              CaseVerdict.broken(tested.rule().level()),
              e.getMessage() + " (at: " + at + ")",
              e.expected(),
              e.received(),
              null,
              e.missed(),
              durationNs,
              log());
      case Undecided e ->
          new AttemptOutcome(
              e.verdict(), e.getMessage(), null, null, null, null, durationNs, log());
      case RuntimeException e -> throw e;
      case null, default ->
          throw new IllegalStateException("a case can't end in this way: " + tested.id(), cause);
    };
  }

  /** What was sent is judged by then if only the end of the connection is still waited for. */
  private AttemptOutcome brokenOff(long durationNs) {
    String where = at;
    if (where.equals(END)) {
      String how =
          "it did not close before the case's %d ms were over".formatted(deadline.toMillis());
      Closing closing = new Closing(CaseVerdict.FAIL, how);
      return new AttemptOutcome(
          CaseVerdict.PASS, null, null, null, closing, deadline, durationNs, log());
    }
    long taken = Math.max(deadline.toMillis(), durationNs / 1_000_000 / 100 * 100);
    String why = "not done within %d ms, broken off at: %s".formatted(taken, where);
    String excuse = scene.excuse();
    if (excuse != null) {
      return inconclusive(why + ", while " + excuse, durationNs);
    }
    if (scene.mayBeSlow() && clock.getAsLong() - log.lastNanos() < deadline.toNanos()) {
      return inconclusive(
          why + ", while it still went on, right so far: a longer --timeout gives it more time",
          durationNs);
    }
    CaseVerdict verdict = CaseVerdict.broken(tested.rule().level());
    return new AttemptOutcome(verdict, why, null, null, null, deadline, durationNs, log());
  }

  private AttemptOutcome inconclusive(String why, long durationNs) {
    return new AttemptOutcome(
        CaseVerdict.INCONCLUSIVE, why, null, null, null, null, durationNs, log());
  }

  private long since(long start) {
    return clock.getAsLong() - start;
  }

  private List<WireEvent> log() {
    return log.events();
  }
}
