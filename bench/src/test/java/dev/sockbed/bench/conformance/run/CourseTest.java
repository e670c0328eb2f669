package dev.sockbed.bench.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Level;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Rule;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cases that are run beside each other against one server. */
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

  private static List<CaseResult> run(List<Case<Fake>> cases) throws InterruptedException {
    Runner runner = new Runner(LONG, 1, 1, false, _ -> {});
    return runner.runAgainstServer(cases, _ -> new Fake(new WireLog()), () -> true);
  }

  private static Case<Fake> tested(String name, Company company, Runnable action) {
    return new Case<>(
        "echo/tcp/1.1/" + name,
        new Rule("echo/tcp/1.1", Level.MUST, "The server MUST answer."),
        Role.SERVER,
        Transport.TCP,
        name,
        company,
        List.of(new Step<>("the step", _ -> action.run())));
  }

  private record Fake(WireLog log) implements Scene {
    @Override
    public int servedAtOnce() {
      return 8;
    }

    @Override
    public @Nullable Closing end() {
      return null;
    }

    @Override
    public void close() {}
  }
}
