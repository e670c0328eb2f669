package dev.sockbed.bench.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order and company cases are run against one server, and when it is given up. */
@Tag("unit")
class CourseTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @ParameterizedTest
  @EnumSource
  void aCaseThatThrowsIsNotLostWhicheverThreadRunsIt(Company company) {
    IllegalStateException fault = new IllegalStateException("the case is wrong");
    List<Case<Fake>> cases =
        List.of(
            tested("first", Company.FIRST, () -> {}),
            tested(
                "throwing",
                company,
                () -> {
                  throw fault;
                }));

    assertThatThrownBy(() -> run(cases)).isSameAs(fault);
  }

  @Test
  void casesOfAllKindsAreJudgedAndToldInTheirOrder() throws Exception {
    List<Case<Fake>> cases =
        List.of(
            tested("waiting", Company.WAITING, () -> {}),
            tested("beside", Company.BESIDE, () -> {}),
            tested("alone", Company.ALONE, () -> {}),
            tested("first", Company.FIRST, () -> {}));

    assertThat(run(cases))
        .extracting(CaseResult::title)
        .containsExactly("waiting", "beside", "alone", "first");
  }

  @Test
  void aServerThatServesEightIsAskedThreeCasesAtATimeBesideThoseThatWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CyclicBarrier three = new CyclicBarrier(3);
    List<Case<Fake>> cases = new ArrayList<>();
    cases.add(tested("waiting", Company.WAITING, () -> await(waiting)));
    for (int i = 0; i < 3; i++) {
      cases.add(tested("beside-" + i, Company.BESIDE, () -> await(three)));
    }
    cases.add(tested("alone", Company.ALONE, waiting::countDown));
    cases.add(tested("first", Company.FIRST, () -> {}));

    assertThat(run(cases)).extracting(CaseResult::verdict).containsOnly(CaseVerdict.PASS);
  }

  @Test
  void aServerThatServesFewIsAskedOneCaseAtATime() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    Runnable lonely =
        () -> {
          assertThat(atOnce.incrementAndGet()).isEqualTo(1);
          atOnce.decrementAndGet();
        };
    List<Case<Fake>> cases = new ArrayList<>();
    for (Company company : Company.values()) {
      for (int i = 0; i < 5; i++) {
        cases.add(tested(company + "-" + i, company, lonely));
      }
    }

    assertThat(run(cases, 7, () -> true)).hasSize(20).allMatch(CourseTest::passed);
  }

  @Test
  void oneThatServesEightIsAskedSeveralCasesThoughItsFirstFail() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    List<Case<Fake>> cases =
        List.of(
            failing("first", Company.FIRST, Violation.of("too little")),
            tested("waiting", Company.WAITING, () -> await(waiting)),
            tested("alone", Company.ALONE, waiting::countDown));

    assertThat(run(cases))
        .extracting(CaseResult::verdict)
        .containsExactly(CaseVerdict.FAIL, CaseVerdict.PASS, CaseVerdict.PASS);
  }

  /** It is wrong in any company, and asking it one case at a time takes long. */
  @Test
  void oneThatKeepsASingleCallerWaitingTooLongIsAskedSeveralCasesAtATime() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    List<Case<Fake>> cases =
        List.of(
            failing("first", Company.FIRST, Violation.late("nothing came", LONG)),
            tested("waiting", Company.WAITING, () -> await(waiting)),
            tested("alone", Company.ALONE, waiting::countDown));
    Runner runner = new Runner(LONG, 1, 1, false, _ -> {});

    List<CaseResult> results =
        runner.runAgainstServer(cases, _ -> new Fake(heard(), 1, true), () -> true);

    assertThat(results)
        .extracting(CaseResult::verdict)
        .containsExactly(CaseVerdict.FAIL, CaseVerdict.PASS, CaseVerdict.PASS);
  }

  @Test
  void scenesKnowHowOftenTheServerWasTooLate() throws Exception {
    List<Integer> known = new ArrayList<>();
    Case<Fake> late = failing("late", Company.ALONE, Violation.late("nothing came", LONG));
    Case<Fake> wrong = failing("wrong", Company.ALONE, Violation.of("changed"));
    Runner runner = new Runner(LONG, 1, 1, false, _ -> {});

    runner.runAgainstServer(
        List.of(late, wrong, late, wrong),
        times -> {
          known.add(times);
          return new Fake(heard(), 1);
        },
        () -> true);

    assertThat(known).containsExactly(0, 1, 1, 2);
  }

  @Test
  void aDeathIsToldOnceAndTheRestIsNotJudged() throws Exception {
    AtomicBoolean alive = new AtomicBoolean(true);
    List<Case<Fake>> cases =
        List.of(
            tested("first", Company.FIRST, () -> {}),
            tested("killer", Company.ALONE, () -> alive.set(false)),
            tested("next", Company.ALONE, () -> {}),
            failing("last", Company.ALONE, Violation.of("refused")));

    List<CaseResult> results = run(cases, 8, alive::get);

    assertThat(results)
        .extracting(CaseResult::verdict)
        .containsExactly(
            CaseVerdict.PASS, CaseVerdict.FAIL, CaseVerdict.SKIPPED, CaseVerdict.SKIPPED);
    assertThat(results.get(1).why()).isEqualTo(CaseResult.SERVER_DIED);
    assertThat(results.subList(2, 4))
        .extracting(CaseResult::why)
        .containsOnly("not judged: the server died after echo/tcp/1.1/killer");
  }

  /** What waits sees the death first. */
  @Test
  void aCaseThatWaitsIsNotBlamedForTheDeathThatAnotherBringsAbout() throws Exception {
    AtomicBoolean alive = new AtomicBoolean(true);
    CountDownLatch died = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    Case<Fake> waiting =
        tested(
            "waiting",
            Company.WAITING,
            _ -> {
              await(died);
              throw Violation.of("it ended the connection (RST)");
            });
    Case<Fake> killer =
        tested(
            "killer",
            Company.ALONE,
            () -> {
              alive.set(false);
              died.countDown();
              await(seen);
            });
    Runner runner =
        new Runner(
            LONG,
            1,
            1,
            false,
            result -> {
              if (result.title().equals("waiting")) {
                seen.countDown();
              }
            });

    List<CaseResult> results =
        runner.runAgainstServer(
            List.of(tested("first", Company.FIRST, () -> {}), waiting, killer),
            _ -> new Fake(heard(), 8),
            alive::get);

    assertThat(results)
        .extracting(CaseResult::verdict)
        .containsExactly(CaseVerdict.PASS, CaseVerdict.SKIPPED, CaseVerdict.FAIL);
    assertThat(results.get(1).why())
        .isEqualTo("not judged: the server died after echo/tcp/1.1/killer");
  }

  @Test
  void aDeathInCompanyNamesAllThatRanThen() throws Exception {
    AtomicBoolean alive = new AtomicBoolean(true);
    CyclicBarrier both = new CyclicBarrier(2);
    CountDownLatch told = new CountDownLatch(1);
    Case<Fake> killer =
        tested(
            "killer",
            Company.BESIDE,
            _ -> {
              await(both);
              alive.set(false);
              throw Violation.of("ended");
            });
    Case<Fake> other =
        tested(
            "other",
            Company.BESIDE,
            () -> {
              await(both);
              await(told);
            });
    Runner runner =
        new Runner(
            LONG,
            1,
            1,
            false,
            result -> {
              if (result.title().equals("killer")) {
                told.countDown();
              }
            });

    List<CaseResult> results =
        runner.runAgainstServer(
            List.of(tested("first", Company.FIRST, () -> {}), killer, other),
            _ -> new Fake(heard(), 8),
            alive::get);

    assertThat(results.get(1).why())
        .isEqualTo(
            "ended (at: the step); "
                + CaseResult.SERVER_DIED
                + " (or after one that ran beside it: echo/tcp/1.1/other)");
  }

  @Test
  void oneThatSaysNothingInFourCasesIsGivenUp() throws Exception {
    List<Case<Fake>> cases =
        Stream.of("one", "two", "three", "four", "five", "six")
            .map(name -> failing(name, Company.ALONE, Violation.of("nothing came")))
            .toList();
    Runner runner = new Runner(LONG, 1, 1, false, _ -> {});

    List<CaseResult> results =
        runner.runAgainstServer(cases, _ -> new Fake(new WireLog(), 1), () -> true);

    assertThat(results).extracting(CaseResult::runs).containsExactly(1, 1, 1, 1, 0, 0);
    assertThat(results.getLast().why()).isEqualTo("not run: in 4 cases nothing came back at all");
  }

  @Test
  void aStrangerIsGivenUpAtOnceUnlessItHasEchoed() throws Exception {
    Case<Fake> foreign =
        failing("foreign", Company.ALONE, Violation.of("changed: it answers like an SSH server"));
    Case<Fake> right = tested("right", Company.ALONE, () -> {});

    assertThat(run(List.of(foreign, right)).getLast().why())
        .isEqualTo("not run: it answers like an SSH server");
    assertThat(run(List.of(right, foreign, right))).extracting(CaseResult::runs).containsOnly(1);
  }

  private static boolean passed(CaseResult result) {
    return result.verdict() == CaseVerdict.PASS;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<CaseResult> run(List<Case<Fake>> cases) throws InterruptedException {
    return run(cases, 8, () -> true);
  }

  private static List<CaseResult> run(
      List<Case<Fake>> cases, int servedAtOnce, BooleanSupplier listens)
      throws InterruptedException {
    Runner runner = new Runner(LONG, 1, 1, false, _ -> {});
    return runner.runAgainstServer(cases, _ -> new Fake(heard(), servedAtOnce), listens);
  }

  private static WireLog heard() {
    WireLog log = new WireLog();
    log.bytes("A", "received", new byte[] {1});
    return log;
  }

  private static Case<Fake> failing(String name, Company company, Violation violation) {
    return tested(
        name,
        company,
        _ -> {
          throw violation;
        });
  }

  private static Case<Fake> tested(String name, Company company, Runnable action) {
    return tested(name, company, _ -> action.run());
  }

  private static Case<Fake> tested(String name, Company company, Step.Action<Fake> action) {
    return new Case<>(
        "echo/tcp/1.1/" + name,
        new Rule("echo/tcp/1.1", Level.MUST, "The server MUST answer."),
        Role.SERVER,
        Transport.TCP,
        name,
        company,
        List.of(new Step<>("the step", action)));
  }

  private record Fake(WireLog log, int servedAtOnce, boolean answersLate) implements Scene {
    private Fake(WireLog log, int servedAtOnce) {
      this(log, servedAtOnce, false);
    }

    @Override
    public @Nullable Closing end() {
      return null;
    }

    @Override
    public void close() {}
  }
}
