package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Missing;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.ShareComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of the messages that came back whole and in time. The machine's bare sockets are no
 * control for it: a message is lost or it is not.
 *
 * @param before the first side's trials, run by run
 * @param after the second side's
 */
record SharePair(Point point, List<List<Cell>> before, List<List<Cell>> after) implements Pair {
  @Override
  public Measure measure() {
    return Measure.OK_SHARE;
  }

  @Override
  public boolean asks() {
    return !Control.isControl(point.scenario())
        && messages(before) > 0
        && messages(after) > 0
        && !fellSilent()
        && !constant()
        && shares(0.5).low() != null;
  }

  @Override
  public Entry judge(double confidence, Tolerance tolerance) {
    List<String> why = new ArrayList<>();
    why.addAll(Missing.told(Pair.all(before), measure(), "in a"));
    why.addAll(Missing.told(Pair.all(after), measure(), "in b"));
    why.addAll(Pair.unequal(before, after));
    if (messages(before) == 0 || messages(after) == 0) {
      return new Entry(this, Change.CANT_TELL, null, null, why);
    }
    ShareComparison shares = shares(confidence);
    return new Entry(this, change(shares, tolerance, why), null, shares, why);
  }

  private Change change(ShareComparison shares, Tolerance tolerance, List<String> why) {
    if (Control.isControl(point.scenario())) {
      return Change.CONTROL;
    }
    if (fellSilent()) {
      return Change.NO_REPLY;
    }
    Double low = shares.low();
    Double high = shares.high();
    if (low == null || high == null) {
      why.addFirst(Pair.tooFew(before, after));
      return Change.CANT_TELL;
    }
    if (constant()) {
      return Change.SAME;
    }
    if (high < -tolerance.share()) {
      return Change.FEWER;
    }
    if (low > tolerance.share()) {
      return Change.MORE;
    }
    if (low >= -tolerance.share() && high <= tolerance.share()) {
      return Change.SAME;
    }
    why.addFirst("the interval reaches beyond the tolerance");
    return Change.CANT_TELL;
  }

  /** That a whole trial has no reply is not what chance makes of single messages. */
  private boolean fellSilent() {
    return silent(before) == 0 && silent(after) > 0;
  }

  private ShareComparison shares(double confidence) {
    return ShareComparison.of(counts(before), counts(after), confidence);
  }

  private static List<List<Share.Count>> counts(List<List<Cell>> runs) {
    return runs.stream().map(run -> run.stream().map(Measure::inTime).toList()).toList();
  }

  /** Whether the share is the same in every trial, so that there is no question. */
  private boolean constant() {
    List<Cell> all = new ArrayList<>(Pair.all(before));
    all.addAll(Pair.all(after));
    return all.stream().map(measure()::of).distinct().count() == 1;
  }

  private static long messages(List<List<Cell>> runs) {
    return Pair.all(runs).stream().mapToLong(cell -> Measure.inTime(cell).messages()).sum();
  }

  private static long silent(List<List<Cell>> runs) {
    return Pair.all(runs).stream()
        .filter(cell -> Missing.of(cell, Measure.OK_SHARE) != null)
        .count();
  }
}
