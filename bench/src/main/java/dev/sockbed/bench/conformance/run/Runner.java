package dev.sockbed.bench.conformance.run;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireEvent;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs cases within their deadline. For one thread at a time. */
public final class Runner {
  /** How often a run is begun while the checker's own machine keeps it from being decided. */
  private static final int ATTEMPTS = 3;

  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

  private final Duration deadline;
  private final int repeat;
  private final int parallel;
  private final boolean allLogs;
  private final Consumer<CaseResult> progress;
  private final LongSupplier clock;

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

  /** A runner that takes the time by which it is held up from another clock. */
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
   * @return a result for each, in their order
   * @throws InterruptedException if interrupted; the cases that were run are broken off
   */
  public <S extends Scene> List<CaseResult> run(List<Case<S>> cases, Supplier<S> scenes)
      throws InterruptedException {
    ThreadFactory threads = Thread.ofVirtual().name("sockbed-check-run-", 0).factory();
    ExecutorService pool = Executors.newFixedThreadPool(parallel, threads);
    HeartBeat heart = new HeartBeat(clock);
    Thread beating = ThreadKind.VIRTUAL.start("sockbed-check-heart-beat", heart);
    try {
      List<List<Future<Outcome>>> runs =
          cases.stream()
              .map(each -> Collections.nCopies(repeat, each))
              .map(same -> same.stream().map(each -> submit(each, scenes, heart, pool)).toList())
              .toList();
      List<CaseResult> results = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        CaseResult result = result(cases.get(i), runs.get(i));
        results.add(result);
        progress.accept(result);
      }
      return results;
    } finally {
      pool.shutdownNow();
      pool.close();
      beating.interrupt();
    }
  }

  private <S extends Scene> Future<Outcome> submit(
      Case<S> tested, Supplier<S> scenes, HeartBeat heart, ExecutorService pool) {
    return pool.submit(() -> decided(tested, scenes, heart));
  }

  /** Runs a case, and again if it can't be told whether the judged program or this one was slow. */
  private <S extends Scene> Outcome decided(Case<S> tested, Supplier<S> scenes, HeartBeat heart)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      long before = heart.heldUpNanos();
      Outcome outcome = once(tested, scenes.get());
      Duration heldUp = Duration.ofNanos(heart.heldUpNanos() - before);
      if (!outcome.mayBeOurs(heldUp)) {
        return outcome;
      }
      if (attempt == ATTEMPTS) {
        return outcome.undecided(heldUp, ATTEMPTS);
      }
    }
  }

  private <S extends Scene> CaseResult result(Case<S> tested, List<Future<Outcome>> runs)
      throws InterruptedException {
    Outcome worst = null;
    int passed = 0;
    for (Future<Outcome> run : runs) {
      Outcome outcome = outcome(run);
      passed += outcome.verdict() == Verdict.PASS ? 1 : 0;
      if (worst == null || outcome.verdict().compareTo(worst.verdict()) > 0) {
        worst = outcome;
      }
    }
    if (worst == null) {
      throw new IllegalStateException("a case is run at least once");
    }
    return result(tested, worst, passed);
  }

  private static Outcome outcome(Future<Outcome> run) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      throw new IllegalStateException("a run can't end in this way", e.getCause());
    }
  }

  private <S extends Scene> CaseResult result(Case<S> tested, Outcome worst, int passed) {
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
        repeat,
        passed,
        worst.durationNs(),
        tested.steps().stream().map(Step::text).toList(),
        worst.log());
  }

  private <S extends Scene> Outcome once(Case<S> tested, S scene) throws InterruptedException {
    long start = System.nanoTime();
    Progress<S> running = new Progress<>(tested, scene);
    FutureTask<@Nullable Closing> task = new FutureTask<>(running::play);
    Thread thread = ThreadKind.VIRTUAL.start("sockbed-check-case", task);
    try {
      Closing closing = task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      List<WireEvent> log = allLogs ? log(scene) : List.of();
      Duration missed =
          closing != null && closing.verdict() == Verdict.FAIL ? Closing.IN_TIME : null;
      return new Outcome(Verdict.PASS, null, null, null, closing, missed, since(start), log);
    } catch (TimeoutException e) {
      return brokenOff(tested, running, since(start));
    } catch (ExecutionException e) {
      return outcome(tested, e.getCause(), running, since(start));
    } finally {
      task.cancel(true);
      scene.close();
      awaitEnd(thread);
    }
  }

  /** A case that is broken off may be starting a program, which must not be left behind. */
  private static void awaitEnd(Thread broken) {
    try {
      if (!broken.join(LAST_MOMENT)) {
        System.Logger log = System.getLogger(Runner.class.getName());
        log.log(System.Logger.Level.WARNING, "a case did not end within {0}", LAST_MOMENT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <S extends Scene> Outcome outcome(
      Case<S> tested, @Nullable Throwable cause, Progress<S> running, long durationNs) {
    List<WireEvent> log = log(running.scene);
    return switch (cause) {
      case Violation e ->
          new Outcome(
              Verdict.broken(tested.rule().level()),
              e.getMessage() + " (at: " + running.at + ")",
              e.expected(),
              e.received(),
              null,
              e.missed(),
              durationNs,
              log);
      case Undecided e ->
          new Outcome(e.verdict(), e.getMessage(), null, null, null, null, durationNs, log);
      case RuntimeException e -> throw e;
      case null, default ->
          throw new IllegalStateException("a case can't end in this way: " + tested.id(), cause);
    };
  }

  /** What was sent is judged by then if only the end of the connection is still waited for. */
  private <S extends Scene> Outcome brokenOff(
      Case<S> tested, Progress<S> running, long durationNs) {
    String at = running.at;
    List<WireEvent> log = log(running.scene);
    if (at.equals(Progress.END)) {
      String how =
          "it did not close before the case's %d ms were over".formatted(deadline.toMillis());
      Closing closing = new Closing(Verdict.FAIL, how);
      return new Outcome(Verdict.PASS, null, null, null, closing, deadline, durationNs, log);
    }
    String why = "not done within %d ms, broken off at: %s".formatted(deadline.toMillis(), at);
    Verdict verdict = Verdict.broken(tested.rule().level());
    return new Outcome(verdict, why, null, null, null, deadline, durationNs, log);
  }

  private static long since(long start) {
    return System.nanoTime() - start;
  }

  private static List<WireEvent> log(Scene scene) {
    return scene.log().events();
  }

  /** A run, and which step it is at. */
  private static final class Progress<S extends Scene> {
    static final String END = "the end";

    private final Case<S> tested;
    private final S scene;
    private volatile String at = "the beginning";

    Progress(Case<S> tested, S scene) {
      this.tested = tested;
      this.scene = scene;
    }

    private @Nullable Closing play() throws Violation, Undecided, InterruptedException {
      for (Step<S> step : tested.steps()) {
        at = step.text();
        step.action().run(scene);
      }
      at = END;
      return scene.end();
    }
  }
}
