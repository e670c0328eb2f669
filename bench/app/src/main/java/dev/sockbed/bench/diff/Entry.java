package dev.sockbed.bench.diff;

import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.ShareComparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One comparison and what became of it.
 *
 * @param ratio the second side's number by the first's; null for shares, or where a side has none
 * @param shares both shares; null for times and rates, or where a side has none
 * @param why what must be known beside the numbers, in phrases
 */
record Entry(
    Pair pair,
    Change change,
    @Nullable Comparison ratio,
    @Nullable ShareComparison shares,
    List<String> why) {

  /** Copies the list. */
  Entry {
    why = List.copyOf(why);
  }

  /** How bad it is, among entries of the same change: the larger the worse. */
  double badness() {
    if (shares != null) {
      return -shares.difference();
    }
    if (ratio == null) {
      return Double.POSITIVE_INFINITY;
    }
    return pair.measure().lowerIsBetter() ? ratio.ratio() : 1 / ratio.ratio();
  }
}
