package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Makes a measured point of what one variant did over a link.
 *
 * @param trial which repetition, from 1
 * @param repeats how often the trial was made before, and thrown away
 * @param volley that is over
 */
record LinkCell(LinkPlan plan, Variant variant, int trial, int repeats, Volley volley) {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int MOST_SAMPLES = 400;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final List<Duration> DEADLINES =
      LongStream.of(20, 50, 100, 200, 500, 1_000).mapToObj(Duration::ofMillis).toList();

  /** The seed of a repetition's link. */
  static long seed(LinkPlan plan, int trial) {
    return plan.seed() + trial - 1;
  }

  /** The link's counters as files have them. */
  static LinkDetail.Packets packets(Counters.Snapshot counters) {
    return new LinkDetail.Packets(
        counters.packets(),
        counters.delivered(),
        counters.lost(),
        counters.queueDropped(),
        counters.tardy());
  }

  /**
   * The point.
   *
   * @param server with the link before it, still open
   * @param up what the link did during the volley
   * @param down the same on the way back
   * @param setUps how long each new client waited; null where nothing came
   * @param recovery how long after an outage the next echo came, or null
   */
  Cell of(
      LinkedServer server,
      LinkDetail.Packets up,
      LinkDetail.Packets down,
      List<@Nullable Long> setUps,
      @Nullable Long recovery) {
    // javac 25 leaves annotations within a type out of this constructor in the class file.
    @SuppressWarnings("NullAway")
    LinkDetail detail =
        new LinkDetail(
            plan.spec().toString(),
            server.mode().label(),
            seed(plan, trial),
            variant.attempts(),
            volley.resent(),
            variant.transport() == Transport.TCP ? server.tcpRetransmits() : null,
            up,
            down,
            server.unfetched(),
            inTime(),
            samples(),
            setUps,
            recovery,
            volley.sentLate(),
            repeats);
    return cell(detail);
  }

  private List<LinkDetail.InTime> inTime() {
    List<LinkDetail.InTime> inTime = new ArrayList<>();
    for (Duration deadline : DEADLINES) {
      long nanos = deadline.toNanos();
      long came =
          Arrays.stream(volley.responses()).filter(time -> time >= 0 && time <= nanos).count();
      inTime.add(new LinkDetail.InTime(nanos, came));
    }
    return inTime;
  }

  private List<@Nullable Long> samples() {
    List<@Nullable Long> samples = new ArrayList<>();
    Arrays.stream(volley.responses())
        .limit(MOST_SAMPLES)
        .forEach(time -> samples.add(time < 0 ? null : time));
    return samples;
  }

  private Cell cell(LinkDetail detail) {
    long deadline = plan.deadline().toNanos();
    Histogram times = new Histogram(SIGNIFICANT_DIGITS);
    long ok = 0;
    long late = 0;
    long lost = 0;
    for (long response : volley.responses()) {
      if (response < 0) {
        lost++;
        continue;
      }
      times.recordValue(Math.max(1, response));
      if (response <= deadline) {
        ok++;
      } else {
        late++;
      }
    }
    double seconds = plan.gapNanos() * plan.messages() / NANOS_PER_SECOND;
    return new Cell(
        variant.word(),
        LinkMeasurement.SCENARIO + detail.link(),
        "plain",
        "block",
        "platform",
        null,
        plan.sizeBytes(),
        1,
        null,
        (double) plan.ratePerSecond(),
        trial,
        plan.messages(),
        new Outcomes(ok, lost, late, 0, 0, 0, 0),
        new Events(volley.duplicates(), 0),
        TimesNs.of(times),
        TimesNs.of(times),
        ok / seconds,
        Histograms.encode(times),
        Histograms.encode(times),
        detail);
  }
}
