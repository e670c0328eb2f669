package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LinkFindingsTest {
  private static final TimesNs NO_TIMES =
      new TimesNs(0, null, null, null, null, null, null, null, null);

  @Test
  void sharesOfSixTrialsAreToldWithTheIntervalsOfTheirDifferences() {
    List<Cell> cells = link("loss=2%,delay=10ms", 900, 960, 990, 1_000, 960, 1_000);

    assertThat(texts(cells))
        .containsExactly(
            "Over a bad network (loss=2%,delay=10ms), 96.0 % of UDP's messages came back within"
                + " 50 ms and 90.0 % of TCP's (+X to +X percentage points)",
            "Over a bad network (loss=2%,delay=10ms), 99.0 % of UDP's with resends came back"
                + " within 50 ms and 90.0 % of TCP's (+X to +X percentage points)",
            "Over a bad network (loss=2%,delay=10ms), 96.0 % of UDP's messages came back within 1 s"
                + " and 100 % of TCP's (-X to -X percentage points)");
    assertThat(verdicts(cells)).extracting(Verdict::n).containsOnly(6);
    Verdict first = verdicts(cells).getFirst();
    assertThat(first.ratio()).isEqualTo(960.0 / 900);
    assertThat(first.low()).isGreaterThan(1).isLessThan(first.ratio());
    assertThat(first.high()).isGreaterThan(first.ratio());
  }

  @Test
  void aDifferenceThatItsIntervalLeavesOpenIsNotClaimed() {
    List<Cell> cells = link("loss=2%,delay=10ms", 900, 901, 990, 1_000, 960, 1_000);

    assertThat(texts(cells).getFirst())
        .endsWith("of TCP's: no difference found (-X to +X percentage points)");
  }

  @Test
  void fewerThanSixTrialsTellNothing() {
    List<Cell> cells = link("loss=2%,delay=10ms", 900, 960, 990, 1_000, 960, 1_000).subList(0, 15);

    assertThat(LinkFindings.of(cells).intervals()).isZero();
    assertThat(texts(cells).getFirst())
        .endsWith("of TCP's: 5 trials, too few to tell (6 are needed)");
    assertThat(verdicts(cells)).allMatch(verdict -> verdict.low() == null);
  }

  @Test
  void aSweepTellsFromWhichLossOnUdpIsAhead() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(link("delay=10ms", 1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
    cells.addAll(link("loss=1%,delay=10ms", 980, 981, 1_000, 1_000, 981, 1_000));
    cells.addAll(link("loss=5%,delay=10ms", 800, 905, 990, 1_000, 905, 1_000));
    cells.addAll(link("loss=10%,delay=10ms", 600, 810, 950, 990, 810, 1_000));

    assertThat(LinkFindings.of(cells).intervals()).isEqualTo(3 + 2 * 4);
    assertThat(texts(cells))
        .contains(
            "With a delay of 10 ms each way, UDP delivers more than TCP within 50 ms from 5 % loss"
                + " on",
            "With a delay of 10 ms each way, UDP with resends delivers more than TCP within 50 ms"
                + " from 1 % loss on");
    assertThat(verdicts(cells).getLast().claim())
        .isEqualTo(
            "udp+retry in 50ms / tcp in 50ms, link loss=1%,delay=10ms and every greater loss");
  }

  @Test
  void whereUdpIsNeverAheadThatIsSaid() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(link("delay=10ms", 1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
    cells.addAll(link("loss=1%,delay=10ms", 990, 980, 1_000, 1_000, 980, 1_000));
    cells.addAll(link("loss=5%,delay=10ms", 950, 900, 990, 1_000, 900, 1_000));

    assertThat(texts(cells))
        .contains(
            "With a delay of 10 ms each way, UDP delivers more than TCP within 50 ms at no loss"
                + " that was measured, as far as these trials can tell");
  }

  @Test
  void aTrialThatWasMadeAgainIsTold() {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      for (String manner : List.of("tcp", "udp", "udp+retry")) {
        cells.add(cell("loss=2%", "tun", manner, 900, 1_000, 0, 0, trial, trial == 3 ? 2 : 0));
      }
    }

    assertThat(texts(cells).getFirst())
        .endsWith("; 2 trials that this machine held up were made again");
  }

  @Test
  void whatTheEmulatorDroppedAnywhereInASweepIsSaid() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(link("delay=10ms", 1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
    cells.addAll(link("loss=1%,delay=10ms", 990, 980, 1_000, 1_000, 980, 1_000));
    cells.add(cell("loss=5%,delay=10ms", "tun", "tcp", 900, 1_000, 7));
    cells.add(cell("loss=5%,delay=10ms", "tun", "udp", 900, 900, 0));
    cells.add(cell("loss=5%,delay=10ms", "tun", "udp+retry", 990, 1_000, 0));

    assertThat(verdicts(cells).getLast().text())
        .endsWith("too slow for 7 packets, so this says little)");
  }

  @Test
  void aRelaysSentenceSaysThatItIsOne() {
    List<Cell> cells =
        List.of(
            cell("loss=2%", "relay", "tcp", 900, 1_000),
            cell("loss=2%", "relay", "udp", 960, 960),
            cell("loss=2%", "relay", "udp+retry", 990, 1_000));

    assertThat(verdicts(cells).getFirst().text())
        .endsWith(" (through a relay, which loses no segment)");
  }

  @Test
  void whatTheEmulatorDroppedIsNotPutDownToAProtocol() {
    List<Cell> cells =
        List.of(
            cell("loss=2%", "tun", "tcp", 900, 1_000, 0),
            cell("loss=2%", "tun", "udp", 500, 500, 1_234),
            cell("loss=2%", "tun", "udp+retry", 990, 1_000, 0));

    assertThat(verdicts(cells).getFirst().text())
        .endsWith(" (but the emulator itself was too slow for 1,234 packets, so this says little)");
  }

  @Test
  void anEmulatorThatWasLateIsNotPutDownToAProtocol() {
    List<Cell> cells =
        List.of(
            cell("loss=2%", "tun", "tcp", 900, 1_000, 0, 4),
            cell("loss=2%", "tun", "udp", 500, 500, 0, 30),
            cell("loss=2%", "tun", "udp+retry", 990, 1_000, 0, 0));

    assertThat(verdicts(cells).getFirst().text())
        .endsWith(
            " (but the emulator itself was over 1 ms late with 1.5 % of the packets: the machine"
                + " was busy)");
  }

  @Test
  void withoutALinkThereIsNothingToSay() {
    assertThat(verdicts(List.of())).isEmpty();
  }

  private static List<Verdict> verdicts(List<Cell> cells) {
    return LinkFindings.of(cells).verdicts(0.99);
  }

  /** Without the ends of intervals. */
  private static List<String> texts(List<Cell> cells) {
    return verdicts(cells).stream()
        .map(verdict -> verdict.text().replaceAll("(?<=[-+])[0-9.]+", "X"))
        .toList();
  }

  /**
   * In each of six trials, the messages of 1,000 that came within 50 ms, then within 1 s: TCP's,
   * UDP's, with resends.
   */
  private static List<Cell> link(
      String link, int tcp, int udp, int retry, int tcpAtLast, int udpAtLast, int retryAtLast) {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      cells.add(cell(link, "tun", "tcp", tcp, tcpAtLast, 0, 0, trial, 0));
      cells.add(cell(link, "tun", "udp", udp, udpAtLast, 0, 0, trial, 0));
      cells.add(cell(link, "tun", "udp+retry", retry, retryAtLast, 0, 0, trial, 0));
    }
    return cells;
  }

  private static Cell cell(String link, String mode, String manner, int soon, int atLast) {
    return cell(link, mode, manner, soon, atLast, 0);
  }

  private static Cell cell(
      String link, String mode, String manner, int soon, int atLast, long unfetched) {
    return cell(link, mode, manner, soon, atLast, unfetched, 0);
  }

  private static Cell cell(
      String link, String mode, String manner, int soon, int atLast, long unfetched, long tardy) {
    return cell(link, mode, manner, soon, atLast, unfetched, tardy, 1, 0);
  }

  private static Cell cell(
      String link,
      String mode,
      String manner,
      int soon,
      int atLast,
      long unfetched,
      long tardy,
      int trial,
      int repeats) {
    LinkDetail.Packets up = new LinkDetail.Packets(1_000, 1_000, 0, 0, tardy, null);
    LinkDetail.Packets down = new LinkDetail.Packets(1_000, 1_000, 0, 0, 0, null);
    LinkDetail detail =
        new LinkDetail(
            link,
            mode,
            1,
            1,
            0,
            null,
            up,
            down,
            unfetched,
            List.of(
                new LinkDetail.InTime(50_000_000, soon),
                new LinkDetail.InTime(1_000_000_000, atLast)),
            List.of(),
            List.of(),
            null,
            0L,
            repeats,
            null);
    return new Cell(
        manner,
        "link " + link,
        "plain",
        "block",
        "platform",
        null,
        128,
        1,
        null,
        200.0,
        trial,
        1_000,
        new Outcomes(atLast, 1_000 - atLast, 0, 0, 0, 0, 0),
        Events.NONE,
        NO_TIMES,
        NO_TIMES,
        atLast,
        null,
        null,
        detail);
  }
}
