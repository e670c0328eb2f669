package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.measure.LinkedServer;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Transport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Makes a measured point of one file's transfer.
 *
 * @param result of the transfer, which is over
 * @param congestion the client's congestion control, or null
 */
record TransferCell(
    TransferPlan plan,
    Variant variant,
    int trial,
    Direction direction,
    Transfer transfer,
    TransferRun.Result result,
    @Nullable String congestion) {
  private static final String LOOPBACK = "loopback";
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  Cell overLoopback() {
    return cell(LOOPBACK, detail(null, LOOPBACK, null, null, false));
  }

  /**
   * The same over a link.
   *
   * @param server with the link before it, still open
   * @param seen whether each packet was seen
   * @param stalled whether this machine was held up meanwhile
   */
  Cell overLink(LinkedServer server, boolean seen, boolean stalled) {
    PacketCounts.Snapshot up = server.counters(Direction.UP).snapshot();
    PacketCounts.Snapshot down = server.counters(Direction.DOWN).snapshot();
    boolean lostByLink = !transfer.receipt().isWhole() && up.dropped() + down.dropped() > 0;
    boolean inTime = outcomes().ok() == 1;
    boolean excused =
        !inTime
            && (stalled || server.unfetched() > 0)
            && !(lostByLink && variant.transport() == Transport.UDP && variant.attempts() == 1);
    return cell(
        plan.spec().toString(),
        detail(
            plan.spec().toString(),
            server.mode().label(),
            variant.transport() == Transport.TCP ? server.tcpRetransmits() : null,
            seen ? (Long) (up.bytes() + down.bytes()) : null,
            excused));
  }

  private TransferDetail detail(
      @Nullable String link,
      String mode,
      @Nullable Long tcpRetransmits,
      @Nullable Long wireBytes,
      boolean excused) {
    return new TransferDetail(
        link,
        mode,
        plan.seed() + trial - 1,
        direction.label(),
        transfer.receipt().arrived(),
        result.endNanos() - result.startNanos(),
        transfer.resent(),
        tcpRetransmits,
        wireBytes,
        congestion,
        result.cpuNanos() < 0 ? null : (Long) result.cpuNanos(),
        excused);
  }

  private Outcomes outcomes() {
    Receipt receipt = transfer.receipt();
    if (receipt.isDamaged()) {
      return new Outcomes(0, 0, 0, 0, 1, 0, 0);
    }
    if (!receipt.isWhole()) {
      return receipt.arrived() == 0
          ? new Outcomes(0, 1, 0, 0, 0, 0, 0)
          : new Outcomes(0, 0, 0, 1, 0, 0, 0);
    }
    boolean late = result.endNanos() - result.startNanos() > plan.deadline().toNanos();
    return late ? new Outcomes(0, 0, 1, 0, 0, 0, 0) : new Outcomes(1, 0, 0, 0, 0, 0, 0);
  }

  private Cell cell(String over, TransferDetail detail) {
    Histogram times = new Histogram(SIGNIFICANT_DIGITS);
    if (transfer.receipt().isWhole()) {
      times.recordValue(Math.max(1, detail.elapsedNs()));
    }
    Outcomes outcomes = outcomes();
    return new Cell(
        variant.word(),
        Transfers.SCENARIO + direction.label() + " " + over,
        "plain",
        "block",
        "platform",
        null,
        plan.bytes(),
        1,
        null,
        null,
        trial,
        1,
        outcomes,
        Events.NONE,
        TimesNs.of(times),
        null,
        outcomes.ok() * NANOS_PER_SECOND / Math.max(1, detail.elapsedNs()),
        Histograms.encode(times),
        null,
        detail);
  }
}
