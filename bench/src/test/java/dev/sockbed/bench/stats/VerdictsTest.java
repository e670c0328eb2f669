package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.SampleResults;
import dev.sockbed.bench.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class VerdictsTest {
  private static final Results SMALL = SampleResults.small(1);

  @Test
  void aDifferenceIsClaimedWhenItsIntervalExcludesOne() {
    assertThat(sentence(new Comparison(0.791, 0.774, 0.812, 20)))
        .isEqualTo("UDP's median round trip is 0.79 of TCP's (0.77 to 0.81)");
    assertThat(sentence(new Comparison(3.42, 3.1, 3.62, 20)))
        .isEqualTo("UDP's median round trip is 3.42 times TCP's (3.10 to 3.62)");
  }

  @Test
  void otherwiseTheSentenceSaysHowMuchCouldHaveBeenMissed() {
    assertThat(sentence(new Comparison(1.01, 0.9725, 1.02, 20)))
        .isEqualTo("UDP's median round trip against TCP's: no difference found (±2.8 %)");
    assertThat(sentence(new Comparison(1.1, 0.9, 1.45, 20)))
        .isEqualTo("UDP's median round trip against TCP's: no difference found (±45 %)");
  }

  @Test
  void anIntervalThatHoldsEverythingIsCalledNoise() {
    assertThat(sentence(new Comparison(1.3, 0.44, 4.02, 5)))
        .isEqualTo(
            "UDP's median round trip against TCP's: too noisy to tell (anything from 0.44 to 4.02"
                + " times)");
  }

  @Test
  void withTooFewTrialsItSaysThat() {
    assertThat(sentence(new Comparison(0.8, null, null, 3)))
        .isEqualTo(
            "UDP's median round trip against TCP's: 0.80 in 3 trials, too few to tell"
                + " (5 are needed)");
  }

  @ParameterizedTest
  @CsvSource({"0.0456, 0.046", "0.79, 0.79", "0.994, 0.994", "1.003, 1.003", "41.26, 41.3"})
  void aRatioHasTheDigitsThatMatter(double ratio, String shown) {
    assertThat(Verdicts.number(ratio)).isEqualTo(shown);
  }

  @Test
  void trialsArePairedByTheirNumbersAndLonelyOnesAreLeftOut() {
    List<Cell> udp = cells("udp").reversed();
    List<Cell> tcp = cells("tcp").subList(0, 4);

    Verdict verdict =
        Verdicts.paired("claim", "UDP", "TCP's", Measure.P50, udp, tcp, 1).orElseThrow();

    assertThat(verdict.n()).isEqualTo(4);
    assertThat(verdict.low()).isNull();
    assertThat(Verdicts.paired("claim", "UDP", "TCP's", Measure.P50, udp, List.of(), 1)).isEmpty();
  }

  @Test
  void aPercentileThatRestsOnTooFewSamplesIsNotCompared() {
    Cell cell = cells("udp").getFirst();

    assertThat(Measure.P50.of(cell)).isPositive();
    assertThat(Measure.P99.ofEach(List.of(cell))).hasSize(cell.serviceNs().p99() == null ? 0 : 1);
    assertThat(Measure.OK_SHARE.of(cell)).isBetween(0.99, 1.0);
  }

  private static List<Cell> cells(String transport) {
    return SMALL.cells().stream().filter(cell -> cell.transport().equals(transport)).toList();
  }

  private static String sentence(Comparison comparison) {
    return Verdicts.of("claim", "UDP's median round trip", "TCP's", comparison).text();
  }
}
