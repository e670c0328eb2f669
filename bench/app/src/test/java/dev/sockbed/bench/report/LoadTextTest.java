package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class LoadTextTest {
  private static final TimesNs TIMES =
      new TimesNs(998, 1L, 2_000L, 3_000L, null, null, null, 9_000L, 2_500L);
  private static final SystemTruth SILENT =
      new SystemTruth(null, null, null, null, null, 0, 0, null, null, null);

  @Test
  void fatesThatDidNotHappenAreNotListed() {
    LoadText text = LoadText.of(cell(detail(SILENT, List.of())), "udp://127.0.0.1:9");

    assertThat(text.sentences())
        .containsExactly(
            "to udp://127.0.0.1:9, in 2.00 s, poisson arrival",
            "1,000 sent: 998 ok (99.8 %), 2 lost (0.20 %)",
            "499 messages/s; 1 duplicate, 3 reordered replies",
            "500/s were asked for, 499/s were achieved; 7 messages found the sender still busy",
            "processor time a message: client -, server -");
    assertThat(text.wrong()).isEmpty();
  }

  @Test
  void timesThatDoNotExistHaveNoRow() {
    LoadText text = LoadText.of(cell(detail(SILENT, List.of())), "");

    assertThat(text.rows())
        .extracting(LoadText.Row::name)
        .containsExactly("service", "variation", "send call", "timer miss");
  }

  @Test
  void whatTheSystemSawIsToldAndWhoseFaultItWas() {
    SystemTruth busy =
        new SystemTruth(
            new SystemTruth.Udp(5, 0, 9, 9, 0),
            4L,
            5L,
            6L,
            new SystemTruth.Tcp(25_000, 4_000, 3, null, null),
            2,
            31,
            2_000_000L,
            3_000_000L,
            new SystemTruth.Threads(1, 1_200, 34));

    LoadText text = LoadText.of(cell(detail(busy, List.of("the cable broke"))), "");

    assertThat(text.sentences())
        .contains(
            "processor time a message: client 2.00 µs, server 3.00 µs;"
                + " its threads waited 1,200 times and were preempted 34 times",
            "the system's own smoothed round trip is 25.0 µs; these connections sent 3 segments"
                + " again",
            "2 garbage collections stopped the client for 31 ms");
    assertThat(text.wrong())
        .containsExactly(
            "4 datagrams found this end's receive buffer full: lost here, not by the network",
            "5 datagrams found the peer's receive buffer full: lost there, not by the network",
            "6 TCP segments were sent again, by all programs of this machine",
            "the cable broke");
  }

  @ParameterizedTest
  @CsvSource({
    "128, 1448, 65536, true",
    "128, 1024, 1024, true",
    "128, 1448, 200, false",
    "1400, 1448, 65536, false"
  })
  void piecesFarShorterThanThoseThatWereSentAreTheServers(
      long piece, long sent, int size, boolean told) {
    SystemTruth system =
        new SystemTruth(
            null,
            null,
            null,
            null,
            new SystemTruth.Tcp(25_000, 4_000, 0, sent, piece),
            0,
            0,
            null,
            null,
            null);

    List<String> wrong = LoadText.of(cell(detail(system, List.of(), List.of(size))), "").wrong();

    String sentence =
        "replies came in pieces of 128 bytes on average, and messages went in pieces of "
            + Numbers.count(sent)
            + ": the server receives or sends so little at a time (serve --receive-limit), and that"
            + " sets the pace";
    assertThat(wrong).isEqualTo(told ? List.of(sentence) : List.of());
  }

  @Test
  void oneIsOne() {
    SystemTruth single =
        new SystemTruth(
            null,
            1L,
            1L,
            1L,
            new SystemTruth.Tcp(25_000, 4_000, 1, null, null),
            1,
            31,
            null,
            null,
            new SystemTruth.Threads(1, 1, 1));

    LoadText text = LoadText.of(cell(detail(single, List.of())), "");

    assertThat(text.sentences())
        .contains(
            "processor time a message: client -, server -; its threads waited 1 time and were"
                + " preempted 1 time",
            "the system's own smoothed round trip is 25.0 µs; these connections sent 1 segment"
                + " again",
            "1 garbage collection stopped the client for 31 ms");
    assertThat(text.wrong())
        .containsExactly(
            "1 datagram found this end's receive buffer full: lost here, not by the network",
            "1 datagram found the peer's receive buffer full: lost there, not by the network",
            "1 TCP segment was sent again, by all programs of this machine");
  }

  @Test
  void aMissedRateFailsInRed() {
    LoadDetail good = detail(SILENT, List.of());
    LoadDetail missed =
        new LoadDetail(
            good.sizesBytes(),
            good.arrival(),
            good.seed(),
            good.elapsedNs(),
            10.0,
            false,
            "the sender slept",
            good.behind(),
            good.sendCallNs(),
            good.timerMissNs(),
            good.variationNs(),
            2,
            0L,
            1,
            good.faults(),
            true,
            null,
            SILENT);

    LoadText text = LoadText.of(cell(missed), "");

    assertThat(text.wrong())
        .containsExactly(
            "FAIL: the rate was missed: the sender slept",
            "2 replies belong to no message that was open",
            "a connection was made anew");
    assertThat(text.sentences().getFirst()).endsWith("ended before its time");
  }

  @Test
  void aRunThatSentNothingDoesNotSayThatAllWasWell() {
    TimesNs none = new TimesNs(0, null, null, null, null, null, null, null, null);
    LoadDetail good = detail(SILENT, List.of());
    LoadDetail detail =
        new LoadDetail(
            good.sizesBytes(),
            good.arrival(),
            good.seed(),
            0,
            null,
            null,
            null,
            null,
            none,
            none,
            none,
            0,
            0L,
            0,
            good.faults(),
            true,
            null,
            SILENT);

    LoadText text = LoadText.of(cell(0, Outcomes.NONE, none, detail), "");

    assertThat(text.rows()).isEmpty();
    assertThat(text.sentences()).contains("nothing was sent").noneMatch(it -> it.contains("all"));
  }

  @Test
  void sharesAreOfWhatWasDueAndWhatWasNotSentIsAmongIt() {
    Cell cell =
        cell(
            1_250L, 1_000, new Outcomes(1_000, 0, 0, 0, 0, 0, 0), TIMES, detail(SILENT, List.of()));

    assertThat(LoadText.of(cell, "").sentences())
        .contains("1,250 due: 1,000 ok (80.0 %), 250 not sent (20.0 %)");
  }

  @Test
  void ofARunThatSentNothingItIsToldWhatWasDue() {
    TimesNs none = new TimesNs(0, null, null, null, null, null, null, null, null);
    Cell cell = cell(5L, 0, Outcomes.NONE, none, detail(SILENT, List.of()));

    assertThat(LoadText.of(cell, "").sentences()).contains("5 messages were due, nothing was sent");
  }

  private static LoadDetail detail(SystemTruth system, List<String> faults) {
    return detail(system, faults, List.of(16, 64));
  }

  private static LoadDetail detail(
      SystemTruth system, List<String> faults, List<Integer> sizesBytes) {
    return new LoadDetail(
        sizesBytes,
        "poisson",
        1,
        2_000_000_000,
        499.0,
        true,
        null,
        7L,
        TIMES,
        TIMES,
        TIMES,
        0,
        0L,
        0,
        faults,
        false,
        null,
        system);
  }

  private static Cell cell(LoadDetail detail) {
    return cell(1_000, new Outcomes(998, 2, 0, 0, 0, 0, 0), TIMES, detail);
  }

  private static Cell cell(long sent, Outcomes outcomes, TimesNs times, LoadDetail detail) {
    return cell(null, sent, outcomes, times, detail);
  }

  private static Cell cell(
      @Nullable Long due, long sent, Outcomes outcomes, TimesNs times, LoadDetail detail) {
    return new Cell(
        "udp",
        "udp",
        "load",
        "plain",
        "block",
        "platform",
        null,
        64,
        1,
        null,
        500.0,
        null,
        1,
        due,
        sent,
        outcomes,
        new Events(1, 3),
        times,
        null,
        499.0,
        null,
        null,
        detail);
  }
}
