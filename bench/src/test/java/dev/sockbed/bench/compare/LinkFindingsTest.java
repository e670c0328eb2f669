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
import org.junit.jupiter.api.Test;

class LinkFindingsTest {
  private static final TimesNs NO_TIMES =
      new TimesNs(0, null, null, null, null, null, null, null, null);

  @Test
  void theDeadlineThatTellsThemApartIsNamed() {
    List<Cell> cells = link("loss=2%,delay=10ms", 900, 960, 990, 1_000, 960, 1_000);

    assertThat(LinkFindings.of(cells))
        .extracting(Verdict::text)
        .containsExactly(
            "Over loss=2%,delay=10ms, within 50ms came 90.0% of TCP's messages, 96.0% of UDP's and"
                + " 99.0% of UDP's with resends; within 1s came 100.0% of TCP's messages, 96.0% of"
                + " UDP's and 100.0% of UDP's with resends");
  }

  @Test
  void aSweepTellsFromWhichLossOnUdpIsAhead() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(link("delay=10ms", 1_000, 1_000, 1_000, 1_000, 1_000, 1_000));
    cells.addAll(link("loss=1%,delay=10ms", 980, 981, 1_000, 1_000, 981, 1_000));
    cells.addAll(link("loss=5%,delay=10ms", 800, 905, 990, 1_000, 905, 1_000));
    cells.addAll(link("loss=10%,delay=10ms", 600, 810, 950, 990, 810, 1_000));

    assertThat(LinkFindings.of(cells).getLast().text())
        .isEqualTo(
            "With a delay of 10ms each way, UDP delivers more in time than TCP for a deadline of"
                + " 50ms from 5% loss on");
  }

  @Test
  void aRelaysSentenceSaysThatItIsOne() {
    List<Cell> cells =
        List.of(
            cell("loss=2%", "relay", "tcp", 900, 1_000),
            cell("loss=2%", "relay", "udp", 960, 960),
            cell("loss=2%", "relay", "udp+retry", 990, 1_000));

    assertThat(LinkFindings.of(cells).getFirst().text())
        .endsWith(" (through a relay, which loses no segment)");
  }

  @Test
  void withoutALinkThereIsNothingToSay() {
    assertThat(LinkFindings.of(List.of())).isEmpty();
  }

  /** The messages of 1,000 that came within 50 ms, then within 1 s: TCP's, UDP's, with resends. */
  private static List<Cell> link(
      String link, int tcp, int udp, int retry, int tcpAtLast, int udpAtLast, int retryAtLast) {
    return List.of(
        cell(link, "tun", "tcp", tcp, tcpAtLast),
        cell(link, "tun", "udp", udp, udpAtLast),
        cell(link, "tun", "udp+retry", retry, retryAtLast));
  }

  private static Cell cell(String link, String mode, String manner, int soon, int atLast) {
    LinkDetail.Packets none = new LinkDetail.Packets(0, 0, 0, 0, 0);
    LinkDetail detail =
        new LinkDetail(
            link,
            mode,
            1,
            1,
            0,
            null,
            none,
            none,
            0,
            List.of(
                new LinkDetail.InTime(50_000_000, soon),
                new LinkDetail.InTime(1_000_000_000, atLast)),
            List.of(),
            List.of(),
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
        1,
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
