package dev.sockbed.bench.workload;

import static dev.sockbed.bench.result.Variant.OVER_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.result.WorkloadFinding.OfVariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of a need, from cells made up for it. */
@Tag("unit")
final class WorkloadAnswersTest {
  private static final Workload NEED = need(128, 0.9);
  private static final int SENT = 200;

  @Test
  void aNeedIsMetOrNotWhereTheWholeIntervalSaysSo() {
    WorkloadFinding found =
        WorkloadAnswers.of(
            NEED,
            OVER_LINKS,
            Stream.of(
                    trials("tcp", 198, 1, 1),
                    trials("udp", 150, 0, 50),
                    trials("udp+retry", 180, 0, 20))
                .flatMap(List::stream)
                .toList());

    assertThat(found.variants())
        .extracting(OfVariant::answer)
        .containsExactly("meets", "does-not-meet", "cant-tell");
    assertThat(found.text())
        .isEqualTo("tcp meets the need; udp does not; of udp+retry it can't be told");
    assertThat(found.variants().getFirst().text())
        .startsWith("tcp meets it: 99.0 % were back within 100 ms (")
        .contains("; 90 % were within 1.0");
  }

  @Test
  void whatThisMachineMayHaveHeldUpLeavesTheAnswerOpenAndIsSaid() {
    assertThat(answer(trials("tcp", 150, 50, 0, 50, 0))).isEqualTo("cant-tell");
    assertThat(answer(trials("tcp", 150, 50, 0, 3, 0))).isEqualTo("does-not-meet");
    assertThat(answer(trials("tcp", 150, 0, 50, 0, 50))).isEqualTo("cant-tell");
    assertThat(answer(trials("tcp", 198, 2, 0, 2, 0))).isEqualTo("meets");

    WorkloadFinding found = WorkloadAnswers.of(NEED, OVER_LINKS, trials("tcp", 150, 50, 0, 50, 0));
    assertThat(found.variants().getFirst().text())
        .contains("this machine itself may have held up 300 messages");
  }

  @Test
  void whatTheLinkAloneMakesTooLateIsNoFaultOfThisMachine() {
    Workload far =
        new Workload("own", 128, 50, 1, Duration.ofMillis(100), 0.9, LinkText.parse("delay=50ms"));

    WorkloadFinding found = WorkloadAnswers.of(far, OVER_LINKS, trials("tcp", 0, 200, 0, 200, 0));

    assertThat(found.variants().getFirst().answer()).isEqualTo("does-not-meet");
  }

  @Test
  void fiveTrialsTellNothing() {
    WorkloadFinding found =
        WorkloadAnswers.of(NEED, OVER_LINKS, trials("tcp", 200, 0, 0).subList(0, 5));

    assertThat(found.variants().getFirst().answer()).isEqualTo("cant-tell");
    assertThat(found.variants().getFirst().low()).isNull();
    assertThat(found.variants().getFirst().text())
        .contains("100 % were back within 100 ms (5 trials, too few to tell: 6 are needed)");
  }

  @Test
  void whatWasNotMeasuredCanNotBeTold() {
    WorkloadFinding found = WorkloadAnswers.of(NEED, OVER_LINKS, List.of());

    assertThat(found.text()).isEqualTo("of tcp, udp and udp+retry it can't be told");
    assertThat(found.variants().getFirst().share()).isNull();
  }

  @Test
  void aMessageThatFitsNoDatagramIsNoMatterOfLuck() {
    WorkloadFinding found =
        WorkloadAnswers.of(need(65_508, 0.9), OVER_LINKS, trials("tcp", 200, 0, 0));

    assertThat(found.text()).isEqualTo("tcp meets the need; udp and udp+retry do not");
    assertThat(found.variants().get(1).text())
        .contains("65,508 bytes fits no datagram, which has at most 65,507");
  }

  @Test
  void theTimeWithinWhichEnoughWereBackCountsWhatNeverCameAsLongest() {
    WorkloadFinding found = WorkloadAnswers.of(NEED, OVER_LINKS, trials("udp", 150, 0, 50));

    assertThat(found.variants().get(1).neededNs()).isNull();
    assertThat(found.variants().get(1).text()).contains("; 90 % never were");
  }

  @Test
  void aTrialWithBadLuckMakesTheIntervalWiderThanItsMessagesWould() {
    List<Cell> even = trials("tcp", 190, 10, 0);
    List<Cell> uneven = new ArrayList<>(trials("tcp", 200, 0, 0).subList(0, 5));
    uneven.add(cell("tcp", 6, 140, 60, 0, 0, 0));

    assertThat(answer(even)).isEqualTo("meets");
    assertThat(answer(uneven)).isEqualTo("cant-tell");
  }

  private static String answer(List<Cell> tcp) {
    return WorkloadAnswers.of(NEED, OVER_LINKS, tcp).variants().getFirst().answer();
  }

  private static Workload need(int sizeBytes, double mustArrive) {
    return new Workload(
        "own", sizeBytes, 50, 1, Duration.ofMillis(100), mustArrive, LinkText.parse("loss=5%"));
  }

  private static List<Cell> trials(String variant, int ok, int late, int lost) {
    return trials(variant, ok, late, lost, 0, 0);
  }

  /** Six alike. */
  private static List<Cell> trials(
      String variant, int ok, int late, int lost, int excused, int unfetched) {
    return IntStream.rangeClosed(1, 6)
        .mapToObj(trial -> cell(variant, trial, ok, late, lost, excused, unfetched))
        .toList();
  }

  private static Cell cell(
      String variant, int trial, int ok, int late, int lost, long excused, long unfetched) {
    Histogram times = new Histogram(3);
    times.recordValueWithCount(1_000_000, ok);
    times.recordValueWithCount(150_000_000, late);
    LinkDetail.Packets packets = new LinkDetail.Packets(SENT, SENT - lost, lost, 0, 0, 30_000L);
    LinkDetail detail =
        new LinkDetail(
            "loss=5%",
            "tun",
            trial,
            1,
            0,
            0L,
            packets,
            packets,
            unfetched,
            List.of(new LinkDetail.InTime(100_000_000, ok)),
            List.of(),
            List.of(),
            null,
            0L,
            0,
            excused);
    return new Cell(
        variant,
        "link loss=5%",
        "plain",
        "block",
        "platform",
        null,
        128,
        1,
        null,
        50.0,
        trial,
        SENT,
        new Outcomes(ok, lost, late, 0, 0, 0, 0),
        Events.NONE,
        TimesNs.of(times),
        TimesNs.of(times),
        50,
        Histograms.encode(times),
        Histograms.encode(times),
        detail);
  }
}
