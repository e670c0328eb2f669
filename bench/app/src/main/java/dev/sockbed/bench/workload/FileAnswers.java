package dev.sockbed.bench.workload;

import dev.sockbed.bench.link.model.Bandwidth;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.OneWay;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.result.WorkloadFinding.OfVariant;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.commons.statistics.descriptive.Quantile;
import org.jspecify.annotations.Nullable;

/**
 * Which ways of sending bring files over a link in time, from what was measured: as {@link
 * WorkloadAnswers} has it of messages, with a file for each trial.
 */
public final class FileAnswers {
  private static final double QUARTER = 0.25;
  private static final double ROUNDING = 1e-6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final FileNeed need;
  private final List<Cell> cells;
  private final double confidence;

  private FileAnswers(FileNeed need, int variants, List<Cell> cells) {
    this.need = need;
    this.cells = cells;
    confidence = Comparison.confidenceOfEach(variants);
  }

  /**
   * The answers.
   *
   * @param variants of which an answer is wanted
   * @param cells of transfers over the link, and over loopback
   */
  public static WorkloadFinding of(FileNeed need, List<Variant> variants, List<Cell> cells) {
    FileAnswers answers = new FileAnswers(need, variants.size(), cells);
    List<OfVariant> found = variants.stream().map(answers::found).toList();
    return new WorkloadFinding(
        need.name(),
        need.sizeBytes(),
        null,
        1,
        need.directions().size() == 1
            ? need.directions().getFirst().label()
            : WorkloadFinding.BOTH_WAYS,
        need.deadline().toNanos(),
        need.mustArrive(),
        need.link().toString(),
        Comparison.CONFIDENCE,
        WorkloadWords.answer(found),
        found);
  }

  private OfVariant found(Variant variant) {
    List<Cell> trials = of(variant, true);
    if (trials.isEmpty()) {
      return OfVariant.notMeasured(variant.word(), variant.word() + ": nothing was measured");
    }
    List<List<Share.Count>> inTime = counts(trials, cell -> cell.outcomes().ok());
    List<List<Share.Count>> atMost =
        counts(trials, cell -> cell.outcomes().ok() == 1 || isExcused(cell) ? 1 : 0);
    boolean enough = Share.enough(inTime);
    Double low = enough ? (Double) Share.of(inTime).interval(confidence).low() : null;
    Double high = enough ? (Double) Share.of(atMost).interval(confidence).high() : null;
    OfVariant numbers =
        new OfVariant(
            variant.word(),
            WorkloadAnswers.answer(low, high, need.mustArrive()),
            Share.of(inTime).share(),
            low,
            high,
            trials.size(),
            trials.size(),
            within(trials),
            cpu(of(variant, false)),
            mean(trials, TransferDetail::wireBytes),
            null,
            "",
            times(trials));
    return numbers.told(
        FileWords.sentence(numbers, need, trials, trials.stream().filter(this::isExcused).count()));
  }

  /** The cells of a variant: those over the link, or those over loopback. */
  private List<Cell> of(Variant variant, boolean overLink) {
    return cells.stream()
        .filter(cell -> cell.variant().equals(variant.word()))
        .filter(cell ->
            cell.detail() instanceof TransferDetail detail && (detail.link() != null) == overLink)
        .toList();
  }

  /** Within which time as many as needed were whole; null if fewer ever were. */
  private @Nullable Long within(List<Cell> trials) {
    double[] nanos = nanos(trials, null);
    Arrays.sort(nanos);
    int enough = (int) Math.ceil(need.mustArrive() * trials.size() - ROUNDING);
    return enough > nanos.length ? null : (Long) Math.round(nanos[Math.max(0, enough - 1)]);
  }

  /** Not where the link alone makes every file late. */
  private boolean isExcused(Cell cell) {
    TransferDetail detail = detail(cell);
    OneWay way =
        need.link()
            .of(detail.direction().equals(Direction.UP.label()) ? Direction.UP : Direction.DOWN);
    double nanos =
        way.rate() instanceof Bandwidth.Constant rate
            ? need.sizeBytes() * NANOS_PER_SECOND * Byte.SIZE / rate.bitsPerSecond()
            : 0;
    if (way.delay().jitter().isZero()) {
      nanos += way.delay().mean().toNanos();
    }
    return nanos < need.deadline().toNanos() && detail.excused();
  }

  private static List<List<Share.Count>> counts(List<Cell> trials, ToLongFunction<Cell> counted) {
    return Trials.byFork(trials).stream()
        .map(fork ->
            fork.stream().map(cell -> new Share.Count(counted.applyAsLong(cell), 1)).toList())
        .toList();
  }

  private static WorkloadFinding.@Nullable Cpu cpu(List<Cell> trials) {
    List<Long> known = new ArrayList<>();
    for (Cell cell : trials) {
      Long cpu = detail(cell).cpuNs();
      if (cpu != null && cell.outcomes().ok() + cell.outcomes().late() == 1) {
        known.add(cpu);
      }
    }
    long[] nanos = known.stream().mapToLong(Long::longValue).sorted().toArray();
    return nanos.length == 0
        ? null
        : new WorkloadFinding.Cpu(nanos[nanos.length / 2], nanos[0], nanos[nanos.length - 1]);
  }

  private static @Nullable Double mean(
      List<Cell> trials, Function<TransferDetail, @Nullable Long> column) {
    double sum = 0;
    for (Cell cell : trials) {
      Long value = column.apply(detail(cell));
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum / trials.size();
  }

  /** Of the files that were whole, in time or not; null if none was. */
  private WorkloadFinding.@Nullable Transfer times(List<Cell> trials) {
    double[] nanos = nanos(trials, null);
    if (nanos.length == 0) {
      return null;
    }
    double[] quarters = Quantile.withDefaults().evaluate(nanos, QUARTER, 0.5, 1 - QUARTER);
    return new WorkloadFinding.Transfer(
        Math.round(quarters[1]),
        Math.round(quarters[0]),
        Math.round(quarters[2]),
        need.sizeBytes() * 8e9 / quarters[1],
        need.directions().size() < 2 ? null : median(nanos(trials, Direction.UP)),
        need.directions().size() < 2 ? null : median(nanos(trials, Direction.DOWN)));
  }

  private static @Nullable Long median(double[] nanos) {
    return nanos.length == 0
        ? null
        : (Long) Math.round(Quantile.withDefaults().evaluate(nanos, 0.5));
  }

  private static double[] nanos(List<Cell> trials, @Nullable Direction direction) {
    return trials.stream()
        .filter(cell -> cell.outcomes().ok() + cell.outcomes().late() == 1)
        .map(FileAnswers::detail)
        .filter(detail -> direction == null || detail.direction().equals(direction.label()))
        .mapToDouble(TransferDetail::elapsedNs)
        .toArray();
  }

  static TransferDetail detail(Cell cell) {
    return (TransferDetail) Objects.requireNonNull(cell.detail());
  }
}
