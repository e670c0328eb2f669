package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checker says of measuring clients. */
@Tag("socket")
class ProbesTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(20), 128);

  static Stream<Arguments> faults() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            WrongProbes.all(transport).stream().map(planted -> Arguments.of(transport, planted)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aWrongOneIsCaught(Transport transport, Planted<IntFunction<byte[]>> planted)
      throws Exception {
    List<CaseResult> results = check(transport, planted.program(), planted.rule() + "/");

    assertThat(results)
        .singleElement()
        .satisfies(
            result -> assertThat(result.verdict()).as(result.why()).isEqualTo(CaseVerdict.FAIL));
  }

  @ParameterizedTest
  @EnumSource
  void aRightOnePasses(Transport transport) throws Exception {
    List<CaseResult> results = check(transport, WrongProbes::right, "probe/");

    assertThat(results).hasSize(4);
    Checks.assertRight(results);
  }

  @ParameterizedTest
  @EnumSource
  void oneWithMessagesOfManyLengthsAndNumbersOutOfSevenPasses(Transport transport)
      throws Exception {
    Checks.assertRight(check(transport, WrongProbes::rightOfManyLengths, "probe/"));
  }

  @ParameterizedTest
  @EnumSource
  void oneWhoseClockGoesInStepsOf16MillisecondsPasses(Transport transport) throws Exception {
    Checks.assertRight(check(transport, WrongProbes::rightByACoarseClock, "probe/"));
  }

  @ParameterizedTest
  @EnumSource
  void oneWithHundredsOfMessagesPasses(Transport transport) throws Exception {
    InProcess client =
        new InProcess(ThreadKind.VIRTUAL, WrongProbes.sending(WrongProbes::right, 500));

    Checks.assertRight(Checks.client(transport, client, LIMITS, "probe/"));
  }

  private static List<CaseResult> check(
      Transport transport, IntFunction<byte[]> messages, String rules) throws Exception {
    InProcess client = new InProcess(ThreadKind.VIRTUAL, WrongProbes.sending(messages));
    return Checks.client(transport, client, LIMITS, rules);
  }
}
