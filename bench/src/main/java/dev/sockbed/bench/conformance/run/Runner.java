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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs cases within their deadline. For one thread at a time. */
public final class Runner {
  private final Duration deadline;
  private final int repeat;
  private final boolean allLogs;
  private final Consumer<CaseResult> progress;

  /**
   * A runner.
   *
   * @param deadline for one run of one case
   * @param repeat how often each case is run
   * @param allLogs whether to keep the wire log of runs that passed, too
   * @param progress is told of each case when it is done
   */
  public Runner(Duration deadline, int repeat, boolean allLogs, Consumer<CaseResult> progress) {
    this.deadline = deadline;
    this.repeat = repeat;
    this.allLogs = allLogs;
    this.progress = progress;
  }

  /**
   * Runs all cases.
   *
   * @param scenes gives each run a scene of its own
   * @return a result for each, in their order
   * @throws InterruptedException if interrupted; the case that was run is broken off
   */
  public <S extends Scene> List<CaseResult> run(List<Case<S>> cases, Supplier<S> scenes)
      throws InterruptedException {
    List<CaseResult> results = new ArrayList<>();
    for (Case<S> each : cases) {
      CaseResult result = repeated(each, scenes);
      results.add(result);
      progress.accept(result);
    }
    return results;
  }

  private <S extends Scene> CaseResult repeated(Case<S> tested, Supplier<S> scenes)
      throws InterruptedException {
    Outcome worst = null;
    int passed = 0;
    for (int i = 0; i < repeat; i++) {
      Outcome outcome = once(tested, scenes.get());
      passed += outcome.verdict == Verdict.PASS ? 1 : 0;
      if (worst == null || outcome.verdict.compareTo(worst.verdict) > 0) {
        worst = outcome;
      }
    }
    if (worst == null) {
      throw new IllegalStateException("a case is run at least once");
    }
    return result(tested, worst, passed);
  }

  private <S extends Scene> CaseResult result(Case<S> tested, Outcome worst, int passed) {
    boolean good = worst.verdict == Verdict.PASS;
    return new CaseResult(
        tested.id(),
        tested.rule().id(),
        tested.rule().level(),
        tested.rule().sentence(),
        tested.role().label(),
        tested.transport().scheme(),
        tested.title(),
        worst.verdict,
        worst.why,
        worst.expected,
        worst.received,
        worst.closing,
        repeat,
        passed,
        worst.durationNs,
        tested.steps().stream().map(Step::text).toList(),
        good && !allLogs ? List.of() : worst.log);
  }

  private <S extends Scene> Outcome once(Case<S> tested, S scene) throws InterruptedException {
    long start = System.nanoTime();
    Progress<S> running = new Progress<>(tested, scene);
    FutureTask<@Nullable Closing> task = new FutureTask<>(running::play);
    ThreadKind.VIRTUAL.start("sockbed-check-case", task);
    try {
      Closing closing = task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      return new Outcome(Verdict.PASS, null, null, null, closing, since(start), log(scene));
    } catch (TimeoutException e) {
      String why =
          "not done within %d ms, broken off at: %s".formatted(deadline.toMillis(), running.at);
      Verdict verdict = Verdict.broken(tested.rule().level());
      return new Outcome(verdict, why, null, null, null, since(start), log(scene));
    } catch (ExecutionException e) {
      return outcome(tested, e.getCause(), running, since(start));
    } finally {
      task.cancel(true);
      scene.close();
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
              durationNs,
              log);
      case Undecided e ->
          new Outcome(e.verdict(), e.getMessage(), null, null, null, durationNs, log);
      case RuntimeException e -> throw e;
      case null, default ->
          throw new IllegalStateException("a case can't end in this way: " + tested.id(), cause);
    };
  }

  private static long since(long start) {
    return System.nanoTime() - start;
  }

  private static List<WireEvent> log(Scene scene) {
    return scene.log().events();
  }

  /** What one run came to. */
  private record Outcome(
      Verdict verdict,
      @Nullable String why,
      @Nullable String expected,
      @Nullable String received,
      @Nullable Closing closing,
      long durationNs,
      List<WireEvent> log) {}

  /** A run, and which step it is at. */
  private static final class Progress<S extends Scene> {
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
      at = "the end";
      return scene.end();
    }
  }
}
