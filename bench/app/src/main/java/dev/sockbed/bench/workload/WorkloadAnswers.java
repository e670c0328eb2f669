package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.Delay;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.result.WorkloadFinding.OfVariant;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which ways of sending meet a need, from what was measured. A need is met if the lower end of the
 * share's interval is at least what is needed, and not met if its upper end is below. The intervals
 * of all ways of sending hold together.
 *
 * <p>What this machine held up is told apart from what the network did: at the upper end, messages
 * that were not in time, and may have been on a machine that never stalls, count as in time. So a
 * busy machine can keep an answer from being told, but not turn it. Where the link's own delays are
 * longer than the deadline, nothing is excused.
 */
public final class WorkloadAnswers {
  private final Workload workload;
  private final List<Variant> variants;
  private final List<Cell> cells;
  private final double confidence;

  private WorkloadAnswers(Workload workload, List<Variant> variants, List<Cell> cells) {
    this.workload = workload;
    this.variants = variants;
    this.cells = cells;
    confidence = Comparison.confidenceOfEach(variants.size());
  }

  /**
   * The answers.
   *
   * @param variants of which an answer is wanted
   * @param cells of the workload's link, and of round trips on loopback
   */
  public static WorkloadFinding of(Workload workload, List<Variant> variants, List<Cell> cells) {
    return new WorkloadAnswers(workload, variants, cells).finding();
  }

  private WorkloadFinding finding() {
    List<OfVariant> found = variants.stream().map(this::found).toList();
    return new WorkloadFinding(
        workload.name(),
        workload.sizeBytes(),
        workload.ratePerSecond(),
        workload.connections(),
        workload.deadline().toNanos(),
        workload.mustArrive(),
        workload.link().toString(),
        Comparison.CONFIDENCE,
        WorkloadWords.answer(found),
        found);
  }

  private OfVariant found(Variant variant) {
    if (variant.transport() == Transport.UDP && workload.sizeBytes() > UdpConfig.LONGEST_DATAGRAM) {
      String why = WorkloadWords.fitsNoDatagram(variant.word(), workload.sizeBytes());
      return new OfVariant(
          variant.word(),
          WorkloadFinding.DOES_NOT_MEET,
          null,
          null,
          null,
          0,
          0,
          null,
          null,
          null,
          null,
          why);
    }
    List<Cell> trials =
        cells.stream()
            .filter(cell -> cell.detail() instanceof LinkDetail)
            .filter(cell -> cell.variant().equals(variant.word()))
            .toList();
    Measured measured = new Measured(variant.word(), trials);
    OfVariant numbers =
        measured.messages() == 0
            ? OfVariant.notMeasured(variant.word(), "")
            : numbers(variant, measured);
    return numbers.told(WorkloadWords.sentence(numbers, workload, measured));
  }

  private OfVariant numbers(Variant variant, Measured measured) {
    Share came = Share.of(measured.inTime());
    boolean enough = Share.enough(measured.inTime());
    Double low = enough ? (Double) came.interval(confidence).low() : null;
    Double high = enough ? (Double) Share.of(atMost(measured)).interval(confidence).high() : null;
    return new OfVariant(
        variant.word(),
        answer(low, high, workload.mustArrive()),
        came.share(),
        low,
        high,
        Share.trials(measured.inTime()),
        measured.messages(),
        Trials.within(measured.trials(), workload.mustArrive()),
        LoopbackCost.of(cells, variant.transport().scheme()),
        measured.wireBytes(),
        variant.transport() == Transport.TCP ? null : (Double) measured.sendings(),
        "");
  }

  private List<List<Share.Count>> atMost(Measured measured) {
    Delay up = workload.link().up().delay();
    Delay down = workload.link().down().delay();
    boolean varies = !up.jitter().plus(down.jitter()).isZero();
    boolean possible = up.mean().plus(down.mean()).compareTo(workload.deadline()) < 0;
    return varies || possible ? measured.inTimeAtMost() : measured.inTime();
  }

  /** The answer that an interval gives, or its absence. */
  static String answer(@Nullable Double low, @Nullable Double high, double mustArrive) {
    if (low != null && low >= mustArrive) {
      return WorkloadFinding.MEETS;
    }
    return high != null && high < mustArrive
        ? WorkloadFinding.DOES_NOT_MEET
        : WorkloadFinding.CANT_TELL;
  }
}
