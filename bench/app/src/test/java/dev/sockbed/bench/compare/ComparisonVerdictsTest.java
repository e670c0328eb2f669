package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.TrialCells;
import dev.sockbed.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class ComparisonVerdictsTest {
  @Test
  void aClearDifferenceIsSaidWithItsRatio() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 8; trial++) {
      cells.add(roundTrip("tcp", 128, trial, 20_000 + 50 * trial));
      cells.add(roundTrip("udp", 128, trial, 16_000 + 40 * trial));
    }

    Verdict median = ComparisonVerdicts.of(cells).getFirst();

    assertThat(median.claim()).isEqualTo("udp rtt p50 / tcp rtt p50");
    assertThat(median.ratio()).isBetween(0.79, 0.81);
    assertThat(median.n()).isEqualTo(8);
    assertThat(median.text()).contains("UDP's median round trip of 128 bytes").contains("0.80");
  }

  @Test
  void theLongestMessageOfTheRoundTripsIsTheOneJudged() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      for (int size : new int[] {1, 128}) {
        cells.add(roundTrip("tcp", size, trial, 10_000));
        cells.add(roundTrip("udp", size, trial, size == 1 ? 99_000 : 5_000));
      }
    }

    assertThat(ComparisonVerdicts.of(cells).getFirst().ratio()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void oneTransportAloneGivesNoVerdict() {
    assertThat(ComparisonVerdicts.of(List.of(roundTrip("tcp", 128, 1, 10_000)))).isEmpty();
  }

  @Test
  void bothPlacementsAreJudgedAndSetAgainstEachOther() {
    List<Verdict> verdicts = ComparisonVerdicts.of(placed(95_000, 20_000));

    assertThat(verdicts)
        .extracting(Verdict::claim)
        .containsExactly(
            "udp rtt p50 / tcp rtt p50",
            "udp rtt p99 / tcp rtt p99",
            "udp rtt p50 one-core / tcp rtt p50 one-core",
            "two-cores tcp rtt p50 / one-core tcp rtt p50");
    assertThat(verdicts.getFirst().text()).contains("each end on its own core");
    assertThat(verdicts.get(2).text()).contains("both ends on one core");
    assertThat(verdicts.getLast().ratio()).isCloseTo(4.75, within(0.05));
    assertThat(verdicts.getLast().text())
        .contains("is 4.7", "times that on one core")
        .contains("placement changes it more than the transport does (");
  }

  @Test
  void placementIsNotSaidToMatterMoreWhenItDoesNot() {
    List<Verdict> verdicts = ComparisonVerdicts.of(placed(22_000, 20_000));

    assertThat(verdicts.getLast().text()).contains("1.10 times").doesNotContain("more than");
  }

  /** UDP takes 0.8 of TCP's time in either placement. */
  private static List<Cell> placed(long onTwoCores, long onOneCore) {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      long more = 20L * trial;
      cells.add(roundTrip("tcp", "one-core", 128, trial, onOneCore + more));
      cells.add(roundTrip("udp", "one-core", 128, trial, onOneCore * 8 / 10 + more));
      cells.add(roundTrip("tcp", "two-cores", 128, trial, onTwoCores + more));
      cells.add(roundTrip("udp", "two-cores", 128, trial, onTwoCores * 8 / 10 + more));
    }
    return cells;
  }

  @Test
  void whatAServersLimitDecidedIsNoVerdictOnUdp() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      for (String transport : List.of("tcp", "udp")) {
        cells.add(roundTrip(transport, 128, trial, 1_000_000));
        Cell whole = cell(transport, "throughput", null, 128, 1, trial, 20_000);
        cells.add(transport.equals("udp") ? withLosses(whole) : whole);
      }
    }

    assertThat(ComparisonVerdicts.ofNamedServers(cells, OptionalDouble.of(10_012.3)))
        .filteredOn(verdict -> verdict.claim().startsWith("udp throughput"))
        .singleElement()
        .satisfies(verdict -> {
          assertThat(verdict.ratio()).isNull();
          assertThat(verdict.low()).isNull();
          assertThat(verdict.text())
              .contains("no verdict", "at most about 10,012 replies a second", "--source-rate");
        });
    assertThat(ComparisonVerdicts.ofNamedServers(cells, OptionalDouble.of(10_012.3)))
        .filteredOn(verdict -> verdict.claim().startsWith("udp rtt"))
        .allMatch(verdict -> verdict.ratio() != null);
    assertThat(ComparisonVerdicts.ofNamedServers(cells, OptionalDouble.empty()))
        .allMatch(verdict -> verdict.ratio() != null);
  }

  private static Cell withLosses(Cell cell) {
    Outcomes all = cell.outcomes();
    return new Cell(
        cell.variant(),
        cell.scenario(),
        cell.io(),
        cell.waiting(),
        cell.threads(),
        cell.placement(),
        cell.sizeBytes(),
        cell.connections(),
        cell.window(),
        cell.ratePerSecond(),
        cell.trial(),
        cell.sent(),
        new Outcomes(all.ok() - 1, 1, 0, 0, 0, 0, 0),
        cell.events(),
        cell.serviceNs(),
        cell.responseNs(),
        cell.messagesPerSecond(),
        cell.histogram(),
        cell.responseHistogram(),
        cell.detail());
  }

  @Test
  void serversThatWereNamedAreNotSetAgainstBareSockets() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      for (String transport : List.of("tcp", "udp")) {
        cells.add(roundTrip(transport, 128, trial, 1_000_000));
        cells.add(cell(transport, "floor", null, 128, 1, trial, 20_000));
      }
    }

    assertThat(ComparisonVerdicts.of(cells))
        .extracting(Verdict::claim)
        .containsExactly(
            "udp rtt p50 / tcp rtt p50",
            "udp rtt p99 / tcp rtt p99",
            "tcp rtt p50 / bare tcp p50",
            "udp rtt p50 / bare udp p50");
    assertThat(ComparisonVerdicts.ofNamedServers(cells, OptionalDouble.empty()))
        .extracting(Verdict::claim)
        .containsExactly("udp rtt p50 / tcp rtt p50", "udp rtt p99 / tcp rtt p99");
  }

  @Test
  void theLoadIsJudgedAtTheHighestRateThatBothAchieved() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      for (double rate : new double[] {1_000, 2_000, 3_000, 4_000}) {
        cells.add(offered("tcp", rate, trial, rate <= 3_000 || trial == 1));
        cells.add(offered("udp", rate, trial, trial > 1));
      }
    }

    assertThat(ComparisonVerdicts.of(cells))
        .extracting(Verdict::claim)
        .containsExactly("udp response p50 at 3000/s / tcp response p50 at 3000/s");
  }

  @Test
  void whereNoRateWasAchievedOverBothThatIsSaid() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      cells.add(offered("tcp", 1_000, trial, false));
      cells.add(offered("udp", 1_000, trial, true));
    }

    assertThat(ComparisonVerdicts.of(cells).getFirst().text())
        .contains("at 1,000 messages a second, which was not achieved over both,");
  }

  private static Cell offered(String transport, double rate, int trial, boolean achieved) {
    Cell cell =
        TrialCells.of(
            TrialCells.point(transport, "offered-load", null, 128, 1, null, rate), trial, 20_000);
    TimesNs none = new TimesNs(0, null, null, null, null, null, null, null, null);
    return TrialCells.with(
        cell,
        new LoadDetail(
            List.of(128),
            "constant",
            1,
            1_000_000,
            rate,
            achieved,
            null,
            0L,
            none,
            none,
            none,
            0,
            null,
            0,
            List.of(),
            false,
            null,
            new SystemTruth(null, null, null, null, null, 0, 0, null, null, null)));
  }

  @Test
  void whatOnlyOneSideHasIsTold() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      cells.add(roundTrip("tcp", 128, trial, 20_000));
      cells.add(roundTrip("udp", 128, trial, 16_000));
      cells.add(cell("tcp", "setup", null, 16, 1, trial, 60_000));
    }

    assertThat(ComparisonVerdicts.of(cells).getFirst().text())
        .isEqualTo(
            "UDP's median time to a first echo against TCP's: nothing to compare; nothing was"
                + " measured over UDP");
  }

  @Test
  void connectionsAreJudgedWhereThereAreTrialsEnough() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      for (String transport : List.of("tcp", "udp")) {
        cells.add(connections(transport, 100, trial));
        if (trial <= 3) {
          cells.add(connections(transport, 1_000, trial));
        }
      }
    }

    assertThat(ComparisonVerdicts.of(cells))
        .extracting(Verdict::claim)
        .containsExactly("udp connections 100 / tcp connections 100");
    assertThat(ComparisonVerdicts.of(cells).getFirst().text())
        .startsWith("UDP's throughput over 100 connections against TCP's: no difference found");
    assertThat(ComparisonVerdicts.of(cells.subList(0, 4)))
        .extracting(Verdict::claim)
        .containsExactly("udp connections 1000 / tcp connections 1000");
  }

  private static Cell connections(String transport, int count, int trial) {
    return cell(transport, "connections", null, 128, count, trial, 20_000);
  }

  private static Cell roundTrip(String transport, int size, int trial, long medianNanos) {
    return roundTrip(transport, null, size, trial, medianNanos);
  }

  private static Cell roundTrip(
      String transport, @Nullable String placement, int size, int trial, long medianNanos) {
    return cell(transport, "rtt", placement, size, 1, trial, medianNanos);
  }

  private static Cell cell(
      String transport,
      String scenario,
      @Nullable String placement,
      int size,
      int connections,
      int trial,
      long medianNanos) {
    TimesNs times =
        new TimesNs(
            1_000, 1L, medianNanos, medianNanos, medianNanos, null, null, medianNanos, medianNanos);
    return new Cell(
        transport,
        scenario,
        "plain",
        "block",
        "platform",
        placement,
        size,
        connections,
        1,
        null,
        trial,
        1_000,
        new Outcomes(1_000, 0, 0, 0, 0, 0, 0),
        Events.NONE,
        times,
        null,
        1e9 / medianNanos,
        null,
        null,
        null);
  }
}
