package dev.sockbed.bench.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Level;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Rule;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run comes to when the checker itself is held up, by a clock that this test moves. */
@Tag("unit")
class RunnerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Too short to be taken for a time in which the checker itself was held up. */
  private static final Duration SHORT = Duration.ofMillis(50);

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger runs = new AtomicInteger();
  private Duration heldUpBeforeEachRun = Duration.ZERO;

  @Test
  void whatDoesNotComeInTimeIsAFault() throws Exception {
    CaseResult result = run(LONG, _ -> missAfterHoldUp(Duration.ZERO));

    assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
    assertThat(result.why()).isEqualTo("nothing came (at: the step)");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aHoldUpThatIsShortBesideTheWaitExcusesNothing() throws Exception {
    CaseResult result = run(LONG, _ -> missAfterHoldUp(PATIENCE.dividedBy(2).minusMillis(100)));

    assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aCheckerThatIsHeldUpEachTimeDoesNotDecide() throws Exception {
    CaseResult result = run(LONG, _ -> missAfterHoldUp(Duration.ofSeconds(6)));

    assertThat(result.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE);
    assertThat(result.why())
        .startsWith("the checker itself was held up for 6,0")
        .endsWith(" ms (tried 3 times), which may be why: nothing came (at: the step)");
    assertThat(runs).hasValue(3);
  }

  @Test
  void aCheckerThatIsHeldUpOnceTriesAgainAndDecides() throws Exception {
    CaseResult wrong =
        run(LONG, run -> missAfterHoldUp(run == 1 ? Duration.ofSeconds(6) : Duration.ZERO));
    assertThat(wrong.verdict()).isEqualTo(CaseVerdict.FAIL);
    assertThat(runs).hasValue(2);

    runs.set(0);
    CaseResult right =
        run(
            LONG,
            run -> {
              if (run == 1) {
                missAfterHoldUp(Duration.ofSeconds(6));
              }
            });
    assertThat(right.verdict()).isEqualTo(CaseVerdict.PASS);
    assertThat(right.passed()).isEqualTo(1);
    assertThat(runs).hasValue(2);
  }

  @Test
  void wrongBytesAreAFaultHoweverLongTheCheckerWasHeldUp() throws Exception {
    CaseResult result =
        run(
            LONG,
            _ -> {
              holdUp(Duration.ofSeconds(30));
              throw Violation.of("changed", new byte[] {1}, new byte[] {2});
            });

    assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aProgramThatHangsFails() throws Exception {
    CaseResult result = run(SHORT, _ -> hang());

    assertThat(result.verdict()).isEqualTo(CaseVerdict.FAIL);
    assertThat(result.why()).startsWith("not done within 50 ms, broken off at: the step");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aServerThatStillGoesOnWhenAllItsTimeIsOverIsSlowAndNotWrong() throws Exception {
    CaseResult server = goingOn(true);

    assertThat(server.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE);
    assertThat(server.why())
        .startsWith("not done within")
        .endsWith(
            "broken off at: the step, while it still went on, right so far: a longer --timeout"
                + " gives it more time");
    assertThat(goingOn(false).why()).doesNotContain("right so far");
  }

  /** Receives again and again, without an end. */
  private CaseResult goingOn(boolean mayBeSlow) throws Exception {
    Step<Fake> step =
        new Step<>(
            "the step",
            scene -> {
              while (!Thread.interrupted()) {
                scene.log().bytes("A", "received", new byte[1]);
                now.addAndGet(SHORT.dividedBy(2).toNanos());
                Thread.onSpinWait();
              }
            });
    Runner runner = new Runner(SHORT, 1, 1, false, _ -> {}, now::get);
    Fake scene = new Fake(_ -> null, 1, new WireLog(now::get), mayBeSlow);
    return runner.run(List.of(tested("case", step)), () -> scene).getFirst();
  }

  @Test
  void aDeadlineThatPassedWhileTheCheckerWasHeldUpDoesNotDecide() throws Exception {
    heldUpBeforeEachRun = Duration.ofSeconds(1);

    CaseResult result = run(SHORT, _ -> hang());

    assertThat(result.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE);
    assertThat(result.why()).contains("may be why: not done within 50 ms, broken off at: the step");
    assertThat(runs).hasValue(3);
  }

  @Test
  void anEndThatCameTooLateForACheckerThatWasHeldUpIsLookedAtAgain() throws Exception {
    Closing late = new Closing(CaseVerdict.FAIL, "it did not close");
    Closing inTime = new Closing(CaseVerdict.PASS, "FIN");

    CaseResult result =
        run(LONG, _ -> holdUp(Duration.ofSeconds(1)), run -> run < 3 ? late : inTime);

    assertThat(result.verdict()).isEqualTo(CaseVerdict.PASS);
    assertThat(result.closing()).isEqualTo(inTime);
  }

  @Test
  void anEndThatIsWrongEachTimeIsWrong() throws Exception {
    Closing late = new Closing(CaseVerdict.FAIL, "it did not close");

    CaseResult result = run(LONG, _ -> holdUp(Duration.ofSeconds(1)), _ -> late);

    assertThat(result.verdict()).isEqualTo(CaseVerdict.PASS);
    assertThat(result.closing()).isEqualTo(late);
    assertThat(runs).hasValue(3);
  }

  @Test
  void anEndThatNeverComesIsNoFaultOfWhatWasSent() throws Exception {
    CaseResult result =
        run(
            SHORT,
            _ -> {},
            _ -> {
              hang();
              return null;
            });

    assertThat(result.verdict()).isEqualTo(CaseVerdict.PASS);
    assertThat(result.closing())
        .isEqualTo(
            new Closing(CaseVerdict.FAIL, "it did not close before the case's 50 ms were over"));
  }

  @Test
  void aCancelledRunnerTellsWhatWasJudgedUntilThen() throws Exception {
    assertThat(cancelled(Duration.ofSeconds(1), Duration.ofSeconds(2)))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.id()).isEqualTo("echo/tcp/1.1/first");
          assertThat(result.verdict()).isEqualTo(CaseVerdict.PASS);
          assertThat(result.runs()).isEqualTo(2);
        });
  }

  @Test
  void whatEndedJustBeforeTheCancellationDoesNotCount() throws Exception {
    assertThat(cancelled(Duration.ofSeconds(2), Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void aRunnerThatIsCancelledBeforeItRunsJudgesNothing() throws Exception {
    Runner runner = new Runner(LONG, 1, 1, false, _ -> {}, now::get);
    runner.cancel(Duration.ZERO);

    assertThat(runner.run(List.of(tested("only", _ -> {})), () -> begun(_ -> null))).isEmpty();
  }

  /** Two cases, each twice; the second's first run cancels all, so long after the first's last. */
  private List<CaseResult> cancelled(Duration aftermath, Duration later) throws Exception {
    Runner runner = new Runner(LONG, 2, 1, false, _ -> {}, now::get);
    Case<Fake> second =
        tested(
            "second",
            _ -> {
              now.addAndGet(later.toNanos());
              runner.cancel(aftermath);
              new CountDownLatch(1).await();
            });
    return runner.run(List.of(tested("first", _ -> {}), second), () -> begun(_ -> null));
  }

  private void missAfterHoldUp(Duration length) throws Violation {
    holdUp(length);
    throw Violation.late("nothing came", PATIENCE);
  }

  /** Lets the short deadline pass by the clock, and never comes back. */
  private void hang() throws InterruptedException {
    now.addAndGet(SHORT.toNanos());
    new CountDownLatch(1).await();
  }

  /** As if nothing in this process had run for so long. */
  private void holdUp(Duration length) {
    if (length.isPositive()) {
      now.addAndGet(length.plusMillis(20).toNanos());
    }
  }

  private CaseResult run(Duration deadline, Action action) throws Exception {
    return run(deadline, action, _ -> null);
  }

  private CaseResult run(Duration deadline, Action action, End end) throws Exception {
    Runner runner = new Runner(deadline, 1, 1, false, _ -> {}, now::get);
    return runner.run(List.of(tested("case", action)), () -> begun(end)).getFirst();
  }

  private Case<Fake> tested(String name, Action action) {
    return tested(name, new Step<>("the step", _ -> action.run(runs.get())));
  }

  private static Case<Fake> tested(String name, Step<Fake> step) {
    Rule rule = new Rule("echo/tcp/1.1", Level.MUST, "The server MUST answer.");
    return new Case<>(
        "echo/tcp/1.1/" + name,
        rule,
        Role.SERVER,
        Transport.TCP,
        "a case",
        Company.ALONE,
        List.of(step));
  }

  private Fake begun(End end) {
    int run = runs.incrementAndGet();
    holdUp(heldUpBeforeEachRun);
    return new Fake(end, run, new WireLog(now::get), false);
  }

  /** What the only step does, given how often it has been run. */
  @FunctionalInterface
  private interface Action {
    void run(int run) throws Violation, InterruptedException;
  }

  /** How the connection ends, given how often the case has been run. */
  @FunctionalInterface
  private interface End {
    @Nullable Closing after(int run) throws InterruptedException;
  }

  private record Fake(End ending, int run, WireLog log, boolean mayBeSlow) implements Scene {
    @Override
    public @Nullable Closing end() throws InterruptedException {
      return ending.after(run);
    }

    @Override
    public void close() {}
  }
}
