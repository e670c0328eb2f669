package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.PacketCounts;
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
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Makes a measured point of what one variant did over a link.
 *
 * @param trial which repetition, from 1
 * @param repeats how often the trial was made before, and thrown away
 * @param train that is over
 * @param stalls of this machine meanwhile
 */
record LinkCell(
    LinkPlan plan, Variant variant, int trial, int repeats, ProbeTrain train, StallMeter stalls) {
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int MOST_SAMPLES = 400;
  private static final double NANOS_PER_SECOND = 1e9;

  private static final List<Duration> DEADLINES =
      LongStream.of(20, 50, 100, 200, 500, 1_000).mapToObj(Duration::ofMillis).toList();

  /** The seed of a repetition's link. */
  static long seed(LinkPlan plan, int trial) {
    return plan.seed() + trial - 1;
  }

  /**
   * The link's counters as files have them.
   *
   * @param seen whether each packet was seen: a relay knows a stream's bytes only
   */
  private static LinkDetail.Packets packets(PacketCounts.Snapshot counters, boolean seen) {
    return new LinkDetail.Packets(
        counters.packets(),
        counters.delivered(),
        counters.lost(),
        counters.queueDropped(),
        counters.tardy(),
        seen ? (Long) counters.bytes() : null);
  }

  /**
   * The point.
   *
   * @param server with the link before it, still open
   * @param up what the link did during the train
   * @param down the same on the way back
   * @param setUps how long each new client waited; null where nothing came
   * @param recovery how long after an outage the next echo came, or null
   */
  Cell of(
      LinkedServer server,
      PacketCounts.Snapshot up,
      PacketCounts.Snapshot down,
      List<@Nullable Long> setUps,
      @Nullable Long recovery) {
    boolean seen = server.mode() == LinkMode.TUN || variant.transport() == Transport.UDP;
    // javac 25 misplaces annotations within a compact constructor's types (openjdk/jdk#29928).
    @SuppressWarnings("NullAway")
    LinkDetail detail =
        new LinkDetail(
            plan.spec().toString(),
            server.mode().label(),
            seed(plan, trial),
            variant.attempts(),
            train.resent(),
            variant.transport() == Transport.TCP ? server.tcpRetransmits() : null,
            packets(up, seen),
            packets(down, seen),
            server.unfetched(),
            inTime(),
            samples(),
            setUps,
            recovery,
            train.sentLate(),
            repeats,
            excused(up, down));
    return cell(detail);
  }

  /** A datagram that the link dropped was lost by it, whatever this machine did then. */
  private long excused(PacketCounts.Snapshot up, PacketCounts.Snapshot down) {
    ProbeTrain.Excused excused = train.excused(plan.deadline().toNanos(), stalls);
    long lostByLink =
        variant.transport() == Transport.UDP
            ? (up.dropped() + down.dropped()) / variant.attempts()
            : 0;
    long never = Arrays.stream(train.responses()).filter(time -> time < 0).count();
    return excused.late() + Math.min(excused.lost(), Math.max(0, never - lostByLink));
  }

  private List<LinkDetail.InTime> inTime() {
    List<LinkDetail.InTime> inTime = new ArrayList<>();
    List<Duration> deadlines =
        Stream.concat(DEADLINES.stream(), Stream.of(plan.deadline()))
            .filter(deadline -> deadline.compareTo(plan.patience()) <= 0)
            .distinct()
            .sorted()
            .toList();
    for (Duration deadline : deadlines) {
      long nanos = deadline.toNanos();
      long came =
          Arrays.stream(train.responses()).filter(time -> time >= 0 && time <= nanos).count();
      inTime.add(new LinkDetail.InTime(nanos, came));
    }
    return inTime;
  }

  private List<@Nullable Long> samples() {
    List<@Nullable Long> samples = new ArrayList<>();
    Arrays.stream(train.responses())
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
    for (long response : train.responses()) {
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
        plan.connections(),
        null,
        plan.ratePerSecond(),
        trial,
        plan.messages(),
        new Outcomes(ok, lost, late, 0, 0, 0, 0),
        new Events(train.duplicates(), 0),
        TimesNs.of(times),
        TimesNs.of(times),
        ok / seconds,
        Histograms.encode(times),
        Histograms.encode(times),
        detail);
  }
}
