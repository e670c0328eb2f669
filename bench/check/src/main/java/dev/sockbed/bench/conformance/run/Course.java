package dev.sockbed.bench.conformance.run;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order in which cases are run against one server, and when to give it up. To be run once.
 *
 * @param <S> what the cases work with
 */
final class Course<S extends Scene> {
  /** Together with those that wait, no more than a server must be able to serve at once. */
  private static final int BESIDE = 3;

  /** One that takes fewer callers than this at a time is asked one case at a time. */
  private static final int ENOUGH_CALLERS = 8;

  /** In so many cases nothing came back at all: nothing will. */
  private static final int SILENT = 4;

  private static final String DIED = "not judged: the server died after ";

  /** Told of a connection that the server has ended, or not taken. */
  private static final Pattern ENDED = Pattern.compile("\\((?:FIN|RST)|takes no connection");

  private static final int DYING_LOOKS = 6;
  private static final Duration DYING_LOOK = Duration.ofMillis(50);

  private static final Pattern FOREIGN =
      Pattern.compile("it answers like (an? [^(:;]+?)(?: \\(at|$)");

  private final List<Case<S>> cases;
  private final IntFunction<S> scenes;
  private final BooleanSupplier listens;
  private final Judge<S> judge;
  private final Consumer<CaseResult> progress;
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger(1);
  private final AtomicBoolean answersLate = new AtomicBoolean();
  private final AtomicReference<@Nullable String> end = new AtomicReference<>();

  /** Why a thread of this could not go on: the checker's own fault, which must not be lost. */
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  // Guarded by this object's own monitor.
  private final Map<String, CaseResult> results = new LinkedHashMap<>();
  private final Set<Case<S>> running = new LinkedHashSet<>();
  private int silent;
  private boolean heard;

  /** The one after which the server died. */
  private @Nullable Case<S> lastCase;

  /** Runs one case. */
  @FunctionalInterface
  interface Judge<S extends Scene> {
    /** What came of it; null if it was cancelled. */
    @Nullable Run judge(Case<S> tested, Supplier<S> scenes) throws InterruptedException;
  }

  /**
   * What came of a case.
   *
   * @param late whether what was wrong is that something did not come in time
   */
  record Run(CaseResult result, boolean late) {}

  Course(
      List<Case<S>> cases,
      IntFunction<S> scenes,
      BooleanSupplier listens,
      Judge<S> judge,
      Consumer<CaseResult> progress) {
    this.cases = cases;
    this.scenes = scenes;
    this.listens = listens;
    this.judge = judge;
    this.progress = progress;
  }

  /**
   * Runs all, and gives the results in the cases' order.
   *
   * @throws RuntimeException what a case threw, in whichever thread it was run
   */
  List<CaseResult> run() throws InterruptedException {
    List<Case<S>> first = of(Company.FIRST);
    oneByOne(first);
    // One that keeps a single caller waiting too long is wrong, whatever goes on beside.
    if (answersLate.get() || servesSeveral(first)) {
      List<Thread> waiting = start(of(Company.WAITING), Integer.MAX_VALUE);
      join(start(of(Company.BESIDE), BESIDE));
      oneByOne(broken.get() == null ? of(Company.ALONE) : List.of());
      join(waiting);
      rethrowBroken();
    } else {
      oneByOne(cases.stream().filter(each -> !first.contains(each)).toList());
    }
    return inOrder();
  }

  private List<Case<S>> of(Company company) {
    return cases.stream().filter(each -> each.company() == company).toList();
  }

  private boolean servesSeveral(List<Case<S>> first) {
    if (first.isEmpty()) {
      return false;
    }
    return switch (first.getFirst().transport()) {
      case TCP -> served.get() >= ENOUGH_CALLERS;
      case UDP ->
          first.stream()
              .map(each -> result(each.id()))
              .allMatch(result -> result != null && result.verdict() == CaseVerdict.PASS);
    };
  }

  private void oneByOne(List<Case<S>> some) throws InterruptedException {
    for (Case<S> each : some) {
      judge(each);
    }
  }

  private List<Thread> start(List<Case<S>> some, int atOnce) {
    Semaphore room = new Semaphore(atOnce);
    List<Thread> threads = new ArrayList<>();
    for (Case<S> each : some) {
      threads.add(
          ThreadKind.VIRTUAL.start(
              "sockbed-check-course",
              () -> {
                try {
                  room.acquire();
                  try {
                    judge(each);
                  } finally {
                    room.release();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (RuntimeException | Error e) {
                  broken.compareAndSet(null, e);
                }
              }));
    }
    return threads;
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread each : threads) {
      each.join();
    }
  }

  private void rethrowBroken() {
    switch (broken.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("a case can't end in this way", e);
    }
  }

  private void judge(Case<S> tested) throws InterruptedException {
    String over = end.get();
    if (over != null) {
      add(skipped(tested, over));
      return;
    }
    begun(tested);
    AtomicReference<@Nullable S> last = new AtomicReference<>();
    try {
      Run run =
          judge.judge(
              tested,
              () -> {
                S scene = scenes.apply(late.get());
                last.set(scene);
                return scene;
              });
      if (run == null) {
        return;
      }
      late.addAndGet(run.late() ? 1 : 0);
      S scene = last.get();
      if (scene != null) {
        served.accumulateAndGet(scene.servedAtOnce(), Math::max);
        answersLate.compareAndSet(false, scene.answersLate());
      }
      CaseResult result = withDeath(tested, run);
      add(result);
      look(result, scene != null && scene.log().hasReceived());
    } finally {
      ended(tested);
    }
  }

  private synchronized void begun(Case<S> tested) {
    running.add(tested);
  }

  private synchronized void ended(Case<S> tested) {
    running.remove(tested);
  }

  /** A case that may kill a server, or has failed, is asked whether the server lives. */
  private CaseResult withDeath(Case<S> tested, Run run) throws InterruptedException {
    CaseResult result = run.result();
    boolean bad =
        result.verdict() == CaseVerdict.FAIL
            || result.verdict() == CaseVerdict.NON_STRICT
            || (result.closing() != null && result.closing().verdict() != CaseVerdict.PASS);
    boolean suspect =
        switch (tested.transport()) {
          case TCP -> bad || tested.company() == Company.ALONE;
          case UDP -> bad && run.late(); // Asking would be one more datagram that it answers.
        };
    return !suspect || lives(result) ? result : died(tested, result, bad);
  }

  /** A server that is about to die may still take a connection: it is asked for a while. */
  private boolean lives(CaseResult result) throws InterruptedException {
    boolean ended = result.why() != null && ENDED.matcher(result.why()).find();
    for (int i = 0; i < (ended ? DYING_LOOKS : 0); i++) {
      if (!listens.getAsBoolean()) {
        return false;
      }
      Thread.sleep(DYING_LOOK);
    }
    return listens.getAsBoolean();
  }

  /** One case fails for a death; what went on beside it tells nothing any more. */
  private synchronized CaseResult died(Case<S> tested, CaseResult result, boolean bad) {
    if (lastCase == null) {
      Case<S> suspect =
          running.stream()
              .filter(each -> each.company() == Company.ALONE)
              .findFirst()
              .orElse(tested); // What only waits sees a death that another case brings about.
      lastCase = suspect;
      end.set(DIED + suspect.id());
    }
    if (!tested.equals(lastCase)) {
      return skipped(tested, DIED + lastCase.id());
    }
    String beside =
        running.stream()
            .filter(each -> each.company() == Company.BESIDE && !each.equals(tested))
            .map(Case::id)
            .collect(Collectors.joining(", "));
    String death =
        CaseResult.SERVER_DIED
            + (beside.isEmpty() ? "" : " (or after one that ran beside it: " + beside + ")");
    return result.failed(bad && result.why() != null ? result.why() + "; " + death : death);
  }

  private synchronized void look(CaseResult result, boolean received) {
    heard = heard || received;
    silent += received ? 0 : 1;
    String why = Objects.requireNonNullElse(result.why(), "");
    Matcher foreign = FOREIGN.matcher(why);
    if (foreign.find()
        && results.values().stream().noneMatch(each -> each.verdict() == CaseVerdict.PASS)) {
      end.compareAndSet(null, "not run: it answers like " + foreign.group(1));
    } else if (!heard && silent >= SILENT && result.role().equals(Role.SERVER.label())) {
      end.compareAndSet(null, "not run: in %d cases nothing came back at all".formatted(silent));
    }
  }

  private synchronized @Nullable CaseResult result(String id) {
    return results.get(id);
  }

  private synchronized void add(CaseResult result) {
    results.put(result.id(), result);
    progress.accept(result);
  }

  private synchronized List<CaseResult> inOrder() {
    return cases.stream().map(each -> results.get(each.id())).filter(Objects::nonNull).toList();
  }

  private static <S extends Scene> CaseResult skipped(Case<S> tested, String why) {
    return Runner.result(tested, AttemptOutcome.skipped(why), 0, 0);
  }
}
