package dev.sockbed.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.Preset;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.report.TransferReports;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.ResultsSchema;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.result.WorkloadFinding.OfVariant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of files, from cells made up for it. */
@Tag("unit")
final class FileAnswersTest {
  private static final int BYTES = 1_000_000;
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final FileNeed NEED = need("loss=3%,rate=5Mbit/s", 0.8);

  @Test
  void theFirstSentenceSaysWhichVariantsBringTheFilesInTime() {
    WorkloadFinding found = found(36, 0, 0, 0);

    assertThat(found.text()).isEqualTo("tcp meets the need; udp and udp+retry do not");
    assertThat(found.direction()).isEqualTo("both");
    assertThat(found.ratePerSecond()).isNull();
    OfVariant tcp = found.variants().getFirst();
    assertThat(tcp.text())
        .startsWith("tcp meets it: 100 % of the files were whole within 10 s (")
        .contains("; the last byte was there after 2.00 s (half of them: 2.00 s to 2.00 s)")
        .contains("4.00 Mbit/s; up 2.00 s, down 2.00 s");
    assertThat(tcp.neededNs()).isEqualTo(2_000_000_000);
    assertThat(tcp.wireBytes()).isEqualTo(1_100_000);
    assertThat(Objects.requireNonNull(tcp.cpu()).medianNs()).isEqualTo(3_000_000);
  }

  @Test
  void plainUdpIsSaidToSendNothingAgainAndHowMuchCame() {
    OfVariant udp = found(36, 0, 0, 0).variants().get(1);

    assertThat(udp.text())
        .startsWith("udp does not meet it: 0 % of the files were whole within 10 s (")
        .contains("; it sends nothing again, and 97.0 % of the bytes came");
    assertThat(udp.transfer()).isNull();
    assertThat(udp.neededNs()).isNull();
  }

  @Test
  void filesThatThisMachineHeldUpLeaveTheAnswerOpen() {
    OfVariant tcp = found(10, 26, 26, 0).variants().getFirst();

    assertThat(tcp.answer()).isEqualTo(WorkloadFinding.CANT_TELL);
    assertThat(tcp.text()).contains("this machine itself may have held up 26 files");
    assertThat(found(10, 26, 0, 0).variants().getFirst().answer())
        .isEqualTo(WorkloadFinding.DOES_NOT_MEET);
  }

  @Test
  void whatTheLinkAloneMakesTooLateIsNoFaultOfThisMachine() {
    for (String link : List.of("rate=500kbit/s", "delay=11s")) {
      OfVariant tcp =
          FileAnswers.of(need(link, 0.8), Variant.OVER_LINKS, cells(0, 12, 12, 0))
              .variants()
              .getFirst();

      assertThat(tcp.answer()).as(link).isEqualTo(WorkloadFinding.DOES_NOT_MEET);
      assertThat(tcp.text()).doesNotContain("held up");
    }
  }

  @Test
  void withoutTransfersNothingIsSaid() {
    WorkloadFinding found = FileAnswers.of(NEED, Variant.OVER_LINKS, List.of());

    assertThat(found.text()).isEqualTo("of tcp, udp and udp+retry it can't be told");
  }

  @Test
  void theReportSaysItFirstAndShowsEachDirection() {
    WorkloadFinding found = found(36, 0, 0, 0);

    String report = TransferReports.terminal(found, cells(36, 0, 0, 0));

    assertThat(report.lines().limit(2))
        .containsExactly("For file", "  tcp meets the need; udp and udp+retry do not");
    assertThat(report)
        .contains("tcp costs a file 3.00 ms of processor time")
        .contains("needed: 80 % of the files, each of 1,000,000 bytes, to the server and from it")
        .contains("Files to the server: loss=3%,rate=5Mbit/s")
        .contains("Files from the server: loopback")
        .containsPattern("TCP +18 +100 % +2.00 s +2.00 s +2.00 s +0\n")
        .containsPattern("UDP +18 +0 % +- +- +- +0\n");
    assertThat(TransferReports.page(found, cells(36, 0, 0, 0)))
        .contains("<li>tcp meets the need; udp and udp+retry do not</li>")
        .contains("<td class=\"name\">UDP+RETRY</td><td>18</td><td>0 %</td>")
        .doesNotContain("What became of the messages");
  }

  @Test
  void theFileOfResultsKeepsToItsSchema() throws IOException {
    ResultsSchema.assertKept(
        ResultsFile.json(TransferReports.results(found(30, 4, 2, 2), cells(30, 4, 2, 2))));
  }

  @Test
  void asManyFilesAreTransferredAsTheTimeAllows() {
    TransferPlan slow = plan(need("rate=500kbit/s", 0.8));
    TransferPlan poor = plan((FileNeed) Use.FILE.need());
    TransferPlan fast = plan(need("perfect", 0.8));

    assertThat(poor.trials()).isEqualTo(36);
    assertThat(poor.together()).isEqualTo(12);
    assertThat(FilePlan.tooFew((FileNeed) Use.FILE.need(), poor)).isNull();
    assertThat(Use.FILE.need().link()).isEqualTo(Preset.WIFI_POOR.spec());
    assertThat(slow.trials()).isBetween(6, 12);
    assertThat(fast.together()).isEqualTo(1);
    assertThat(FilePlan.tooFew(need("rate=500kbit/s", 0.99), slow))
        .contains("can't show that a need is met, even if all are in time");
  }

  private static TransferPlan plan(FileNeed need) {
    return FilePlan.of(need, Variant.OVER_LINKS, LinkMode.RELAY, 1, TIME, null);
  }

  private static FileNeed need(String link, double mustArrive) {
    return new FileNeed(
        "file",
        BYTES,
        List.of(Direction.UP, Direction.DOWN),
        Duration.ofSeconds(10),
        mustArrive,
        LinkText.parse(link));
  }

  private static WorkloadFinding found(int ok, int late, int excused, int lost) {
    return FileAnswers.of(NEED, Variant.OVER_LINKS, cells(ok, late, excused, lost));
  }

  /** So many of TCP; of UDP all are cut, and with resends all are late. */
  private static List<Cell> cells(int ok, int late, int excused, int lost) {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell("tcp", 1, true, new Outcomes(1, 0, 0, 0, 0, 0, 0), 3_000_000, false));
    int files = ok + late + lost;
    for (int i = 0; i < files; i++) {
      Outcomes tcp =
          i < ok
              ? new Outcomes(1, 0, 0, 0, 0, 0, 0)
              : i < ok + late
                  ? new Outcomes(0, 0, 1, 0, 0, 0, 0)
                  : new Outcomes(0, 1, 0, 0, 0, 0, 0);
      cells.add(cell("tcp", i + 1, false, tcp, 2_000_000_000L, i >= ok && i < ok + excused));
      cells.add(
          cell("udp", i + 1, false, new Outcomes(0, 0, 0, 1, 0, 0, 0), 4_000_000_000L, false));
      cells.add(
          cell(
              "udp+retry",
              i + 1,
              false,
              new Outcomes(0, 0, 1, 0, 0, 0, 0),
              12_000_000_000L,
              false));
    }
    return cells;
  }

  private static Cell cell(
      String variant, int trial, boolean loopback, Outcomes outcomes, long nanos, boolean excused) {
    String direction = trial % 2 == 1 ? "up" : "down";
    String link = "loss=3%,rate=5Mbit/s";
    long arrived = outcomes.truncated() == 1 ? 970_000 : BYTES;
    TransferDetail detail =
        new TransferDetail(
            loopback ? null : link,
            loopback ? "loopback" : "tun",
            trial,
            loopback ? "down" : direction,
            arrived,
            nanos,
            0,
            0L,
            1_100_000L,
            null,
            3_000_000L,
            excused);
    Histogram times = new Histogram(3);
    return new Cell(
        variant,
        loopback ? "transfer down loopback" : "transfer " + direction + " " + link,
        "plain",
        "block",
        "platform",
        null,
        BYTES,
        1,
        null,
        null,
        trial,
        1,
        outcomes,
        Events.NONE,
        TimesNs.of(times),
        null,
        0,
        null,
        null,
        detail);
  }
}
