package dev.sockbed.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.result.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class VerdictsTest {
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
                + " (6 are needed)");
  }

  @ParameterizedTest
  @CsvSource({"0.0456, 0.046", "0.79, 0.79", "0.994, 0.994", "1.003, 1.003", "41.26, 41.3"})
  void aRatioHasTheDigitsThatMatter(double ratio, String shown) {
    assertThat(Verdicts.number(ratio)).isEqualTo(shown);
  }

  @Test
  void anIntervalTooWideToSayHowMuchIsNoiseToo() {
    assertThat(sentence(new Comparison(0.92, 0.24, 0.981, 7)))
        .isEqualTo(
            "UDP's median round trip against TCP's: too noisy to tell (anything from 0.24 to 0.981"
                + " times)");
    assertThat(Verdicts.claims(0.24, 0.981)).isFalse();
    assertThat(Verdicts.claims(0.5, 0.981)).isTrue();
    assertThat(Verdicts.claims(0.5, 1.0)).isFalse();
  }

  @Test
  void ofALargeDifferenceAWideIntervalSaysTheLeast() {
    assertThat(sentence(new Comparison(13, 5.0, 30.0, 7)))
        .isEqualTo("UDP's median round trip is at least 5.00 times TCP's (5.00 to 30.0)");
    assertThat(sentence(new Comparison(0.2, 0.1, 0.5, 7)))
        .isEqualTo("UDP's median round trip is at most 0.50 of TCP's (0.10 to 0.50)");
  }

  @Test
  void trialsArePairedByTheirNumbersAndLonelyOnesAreTold() {
    Verdict verdict = verdict(trials("udp", 10).reversed(), trials("tcp", 7));

    assertThat(verdict.n()).isEqualTo(7);
    assertThat(verdict.trials()).isEqualTo(10);
    assertThat(verdict.text()).contains("0.80 of TCP's");
    assertThat(verdict.text()).endsWith("; 3 of 10 trials over UDP have no counterpart over TCP");
  }

  @Test
  void trialsWithoutAReplyAreToldBesideTheRatioOfTheOthers() {
    List<Cell> udp = new ArrayList<>(trials("udp", 10));
    for (int trial = 0; trial < 4; trial++) {
      udp.set(trial, TrialCells.silent(udp.get(trial)));
    }

    Verdict verdict = verdict(udp, trials("tcp", 10));

    assertThat(verdict.ratio()).isCloseTo(0.8, within(0.01));
    assertThat(verdict.n()).isEqualTo(6);
    assertThat(verdict.trials()).isEqualTo(10);
    assertThat(verdict.text())
        .contains("; 4 of 10 trials had no reply over UDP")
        .contains("; 60.0 % of the messages over UDP came back whole and in time");
  }

  @Test
  void whereNoTrialHadAReplyThereIsNoRatioButAVerdict() {
    List<Cell> udp = trials("udp", 7).stream().map(TrialCells::silent).toList();

    Verdict verdict = verdict(udp, trials("tcp", 7));

    assertThat(verdict.ratio()).isNull();
    assertThat(verdict.low()).isNull();
    assertThat(verdict.n()).isZero();
    assertThat(verdict.text())
        .isEqualTo(
            "UDP's median round trip against TCP's: nothing to compare; 7 of 7 trials had no reply"
                + " over UDP; 0.0 % of the messages over UDP came back whole and in time");
    assertThat(verdict(List.of(), trials("tcp", 7)).text())
        .endsWith("nothing to compare; nothing was measured over UDP");
  }

  @Test
  void aPercentileThatRestsOnTooFewMessagesIsTold() {
    List<Cell> udp = new ArrayList<>(trials("udp", 8));
    for (int trial = 0; trial < 2; trial++) {
      Cell cell = udp.get(trial);
      TimesNs times = new TimesNs(20, 1L, 15_000L, null, null, null, null, 1L, 1L);
      udp.set(trial, TrialCells.with(cell, times));
    }

    Verdict verdict = Verdicts.of(List.of(question(Measure.P99, udp, trials("tcp", 8)))).getFirst();

    assertThat(verdict.n()).isEqualTo(6);
    assertThat(verdict.text())
        .endsWith("; 2 of 8 trials had too few replies for this percentile over UDP");
  }

  @Test
  void aShareIsNeverPrintedAsAllOrNothingThatIsNot() {
    List<Cell> udp = new ArrayList<>(trials("udp", 7));
    udp.set(0, TrialCells.losing(udp.getFirst(), 1));

    assertThat(verdict(udp, trials("tcp", 7)).text())
        .endsWith("; 99.99 % of the messages over UDP came back whole and in time");
  }

  @Test
  void moreQuestionsMakeEachIntervalWider() {
    Question question = question(Measure.P50, trials("udp", 7), trials("tcp", 7));

    Verdict alone = Verdicts.of(List.of(question)).getFirst();
    Verdict oneOfTen = Verdicts.of(Collections.nCopies(10, question)).getFirst();

    assertThat(oneOfTen.low()).isLessThan(alone.low());
    assertThat(oneOfTen.high()).isGreaterThan(alone.high());
    assertThat(oneOfTen.confidence()).isEqualTo(0.95);
  }

  @Test
  void forksAreTheObservationsWhereThereAreSeveral() {
    List<Cell> udp = forks("udp", 0.03, 5, 6);
    List<Cell> tcp = forks("tcp", 0, 5, 6);

    Verdict several = verdict(udp, tcp);
    Verdict asOne = verdict(inOneFork(udp), inOneFork(tcp));

    // Every trial of a fork says the same, so 30 trials know no more than 5.
    assertThat(several.ratio()).isCloseTo(0.8, within(0.01));
    assertThat(several.n()).isEqualTo(30);
    assertThat(width(several)).isGreaterThan(2 * width(asOne));
  }

  @Test
  void twoForksAreTooFewHoweverManyTrialsTheyHave() {
    assertThat(verdict(forks("udp", 0.03, 2, 10), forks("tcp", 0, 2, 10)).text())
        .endsWith("0.80 in 20 trials of 2 forks, too few to tell (6 of 3 forks are needed)");
  }

  @Test
  void aForkWithoutAnyReplyDoesNotMakeTheOtherOnesTrialsForks() {
    List<Cell> udp =
        forks("udp", 0, 2, 10).stream()
            .map(cell -> cell.inFork(1).equals(cell) ? cell : TrialCells.silent(cell).inFork(2))
            .toList();

    Verdict verdict = verdict(udp, forks("tcp", 0, 2, 10));

    assertThat(verdict.low()).isNull();
    assertThat(verdict.text())
        .contains("0.80 in 10 trials of 1 fork, too few to tell")
        .contains("; 10 of 20 trials had no reply over UDP");
  }

  /** Forks that differ by that part from one another, of trials that do not. */
  private static List<Cell> forks(String transport, double spread, int forks, int trials) {
    double middle = transport.equals("tcp") ? 20_000 : 16_000;
    return IntStream.range(0, forks * trials)
        .mapToObj(i -> {
          int fork = i / trials + 1;
          double nanos = middle * (1 + spread * (fork - (forks + 1) / 2.0));
          return TrialCells.of(TrialCells.roundTrip(transport), i % trials + 1, nanos).inFork(fork);
        })
        .toList();
  }

  /** The same as if one process had measured them all. */
  private static List<Cell> inOneFork(List<Cell> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> {
          Cell cell = cells.get(i);
          return TrialCells.of(Point.of(cell), i + 1, Objects.requireNonNull(Measure.P50.of(cell)));
        })
        .toList();
  }

  private static double width(Verdict verdict) {
    return Objects.requireNonNull(verdict.high()) - Objects.requireNonNull(verdict.low());
  }

  private static List<Cell> trials(String transport, int count) {
    double middle = transport.equals("tcp") ? 20_000 : 16_000;
    return IntStream.rangeClosed(1, count)
        .mapToObj(trial ->
            TrialCells.of(
                TrialCells.roundTrip(transport), trial, middle * (1 + 0.01 * (trial * 7 % 4))))
        .toList();
  }

  private static Verdict verdict(List<Cell> udp, List<Cell> tcp) {
    return Verdicts.of(List.of(question(Measure.P50, udp, tcp))).getFirst();
  }

  private static Question question(Measure measure, List<Cell> udp, List<Cell> tcp) {
    return new Question(
        "claim", "UDP's median round trip", "TCP's", "over UDP", "over TCP", measure, udp, tcp);
  }

  private static String sentence(Comparison comparison) {
    return Verdicts.sentence("UDP's median round trip", "TCP's", comparison);
  }
}
