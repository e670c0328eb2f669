package dev.sockbed.bench.conformance.run;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs cases within their deadline. For one thread at a time, but for {@link #cancel}. */
public final class Runner {
  /** How often a run is begun while the checker's own machine keeps it from being decided. */
  private static final int ATTEMPTS = 3;

  private final Duration deadline;
  private final int repeat;
  private final int parallel;
  private final boolean allLogs;
  private final Consumer<CaseResult> progress;
  private final LongSupplier clock;

  private final Queue<Future<Judged>> submitted = new ConcurrentLinkedQueue<>();

  /** In how many runs something did not come in time. */
  private final AtomicInteger late = new AtomicInteger();

  private volatile long countsUntilNanos;
  private volatile boolean cancelled;

  /**
   * A runner.
   *
   * @param deadline for one run of one case
   * @param repeat how often each case is run
   * @param parallel how many runs there are at a time; more than one only if scenes don't meet
   * @param allLogs whether to keep the wire log of runs that passed, too
   * @param progress is told of each case when it is done
   */
  public Runner(
      Duration deadline, int repeat, int parallel, boolean allLogs, Consumer<CaseResult> progress) {
    this(deadline, repeat, parallel, allLogs, progress, System::nanoTime);
  }

  /** A runner that takes the time, that of deadlines too, from another clock. */
  Runner(
      Duration deadline,
      int repeat,
      int parallel,
      boolean allLogs,
      Consumer<CaseResult> progress,
      LongSupplier clock) {
    this.deadline = deadline;
    this.repeat = repeat;
    this.parallel = parallel;
    this.allLogs = allLogs;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Runs all cases.
   *
   * @param scenes gives each run a scene of its own
   * @return a result for each, in their order; if this runner is cancelled, for each that was
   *     judged until then
   * @throws InterruptedException if interrupted; the cases that were run are broken off
   */
  public <S extends Scene> List<CaseResult> run(List<Case<S>> cases, Supplier<S> scenes)
      throws InterruptedException {
    return run(cases, _ -> scenes.get());
  }

  /**
   * The same with scenes that know how often the judged program was too late until they begin.
   * Where several are run at a time, those that hardly do more than wait are begun first.
   */
  public <S extends Scene> List<CaseResult> run(List<Case<S>> cases, IntFunction<S> scenes)
      throws InterruptedException {
    ThreadFactory threads = Thread.ofVirtual().name("sockbed-check-run-", 0).factory();
    HeartBeat heart = new HeartBeat(clock);
    Thread beating = ThreadKind.VIRTUAL.start("sockbed-check-heart-beat", heart);
    try (ExecutorService pool = Executors.newFixedThreadPool(parallel, threads)) {
      try {
        IdentityHashMap<Case<S>, List<Future<Judged>>> begun = new IdentityHashMap<>();
        for (Case<S> each : inOrderOfBeginning(cases)) {
          List<Future<Judged>> same = new ArrayList<>();
          for (int i = 0; i < repeat; i++) {
            same.add(submit(each, () -> scenes.apply(late.get()), heart, pool));
          }
          begun.put(each, same);
        }
        List<List<Future<Judged>>> runs = cases.stream().map(begun::get).toList();
        List<CaseResult> results = results(cases, runs, progress);
        return cancelled ? results(cases, runs, _ -> {}) : results;
      } finally {
        submitted.forEach(run -> run.cancel(true));
        submitted.clear();
      }
    } finally {
      beating.interrupt();
    }
  }

  private <S extends Scene> List<Case<S>> inOrderOfBeginning(List<Case<S>> cases) {
    return parallel == 1
        ? cases
        : cases.stream()
            .sorted(Comparator.comparing(each -> each.company() != Company.WAITING))
            .toList();
  }

  /**
   * Makes {@link #run} return soon, with what was judged until now; may be called from any thread.
   *
   * @param aftermath what ended in so long a time before does not count
   */
  public void cancel(Duration aftermath) {
    countsUntilNanos = clock.getAsLong() - aftermath.toNanos();
    cancelled = true;
    submitted.forEach(run -> run.cancel(true));
  }

  /**
   * Runs all cases against one server: those that show what it is first, then several at a time if
   * it serves several callers. Stops when it is something else, dead, or silent; the cases that are
   * left are skipped then, and say why.
   *
   * @param scenes gives each run a scene of its own, knowing how often the server was too late
   * @param listens whether the server is still there
   * @return a result for each, in their order; if this runner is cancelled, for each that was
   *     judged until then
   */
  public <S extends Scene> List<CaseResult> runAgainstServer(
      List<Case<S>> cases, IntFunction<S> scenes, BooleanSupplier listens)
      throws InterruptedException {
    if (repeat > 1) {
      return run(cases, () -> scenes.apply(0));
    }
    HeartBeat heart = new HeartBeat(clock);
    Thread beating = ThreadKind.VIRTUAL.start("sockbed-check-heart-beat", heart);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Course.Judge<S> judge = (each, scene) -> judgeOnce(each, scene, heart, pool);
        return new Course<>(cases, scenes, listens, judge, progress).run();
      } finally {
        submitted.forEach(run -> run.cancel(true));
        submitted.clear();
      }
    } finally {
      beating.interrupt();
    }
  }

  /** What came of one run; null if it was cancelled. */
  private <S extends Scene> Course.@Nullable Run judgeOnce(
      Case<S> tested, Supplier<S> scenes, HeartBeat heart, ExecutorService pool)
      throws InterruptedException {
    Judged judged = judged(submit(tested, scenes, heart, pool));
    if (judged == null) {
      return null;
    }
    AttemptOutcome outcome = judged.outcome();
    return new Course.Run(result(tested, List.of(outcome)), outcome.isLate());
  }

  private <S extends Scene> Future<Judged> submit(
      Case<S> tested, Supplier<S> scenes, HeartBeat heart, ExecutorService pool) {
    if (cancelled) {
      return CompletableFuture.failedFuture(new CancellationException());
    }
    Future<Judged> run =
        pool.submit(() -> {
          AttemptOutcome outcome = decided(tested, scenes, heart);
          late.addAndGet(outcome.isLate() ? 1 : 0);
          return new Judged(outcome, clock.getAsLong());
        });
    submitted.add(run);
    if (cancelled) {
      run.cancel(true); // Whoever cancels may have looked just before it was there.
    }
    return run;
  }

  /** Runs a case, and again if it can't be told whether the judged program or this one was slow. */
  private <S extends Scene> AttemptOutcome decided(
      Case<S> tested, Supplier<S> scenes, HeartBeat heart) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      long before = heart.heldUpNanos();
      AttemptOutcome outcome =
          new Attempt<>(tested, scenes.get(), deadline, allLogs, clock).outcome();
      Duration heldUp = Duration.ofNanos(heart.heldUpNanos() - before);
      if (!outcome.mayBeOurs(heldUp)) {
        return outcome;
      }
      if (attempt == ATTEMPTS) {
        return outcome.undecided(heldUp, ATTEMPTS);
      }
    }
  }

  private <S extends Scene> List<CaseResult> results(
      List<Case<S>> cases, List<List<Future<Judged>>> runs, Consumer<CaseResult> told)
      throws InterruptedException {
    List<CaseResult> results = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      List<AttemptOutcome> outcomes = outcomes(runs.get(i));
      if (!outcomes.isEmpty()) {
        CaseResult result = result(cases.get(i), outcomes);
        results.add(result);
        told.accept(result);
      }
    }
    return results;
  }

  /** What the runs of one case came to; without those that were cancelled. */
  private List<AttemptOutcome> outcomes(List<Future<Judged>> runs) throws InterruptedException {
    List<AttemptOutcome> outcomes = new ArrayList<>();
    for (Future<Judged> run : runs) {
      Judged judged = judged(run);
      if (judged != null && (!cancelled || judged.atNanos() - countsUntilNanos <= 0)) {
        outcomes.add(judged.outcome());
      }
    }
    return outcomes;
  }

  private static @Nullable Judged judged(Future<Judged> run) throws InterruptedException {
    try {
      return run.get();
    } catch (CancellationException e) {
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      throw new IllegalStateException("a run can't end in this way", e.getCause());
    }
  }

  private static <S extends Scene> CaseResult result(
      Case<S> tested, List<AttemptOutcome> outcomes) {
    AttemptOutcome worst = Collections.max(outcomes, Comparator.comparing(AttemptOutcome::verdict));
    long passed =
        outcomes.stream().filter(outcome -> outcome.verdict() == CaseVerdict.PASS).count();
    return result(tested, worst, outcomes.size(), (int) passed);
  }

  /** What is told of a case: its worst run, and how many of its runs passed. */
  static <S extends Scene> CaseResult result(
      Case<S> tested, AttemptOutcome worst, int runs, int passed) {
    return new CaseResult(
        tested.id(),
        tested.rule().id(),
        tested.rule().level(),
        tested.rule().sentence(),
        tested.role().label(),
        tested.transport().scheme(),
        tested.title(),
        worst.verdict(),
        worst.why(),
        worst.expected(),
        worst.received(),
        worst.closing(),
        runs,
        passed,
        worst.durationNs(),
        tested.steps().stream().map(Step::text).toList(),
        worst.log());
  }

  /** A run that has ended, and when. */
  private record Judged(AttemptOutcome outcome, long atNanos) {}
}
