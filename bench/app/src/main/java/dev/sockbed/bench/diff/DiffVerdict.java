package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The answer in a sentence. */
final class DiffVerdict {
  private DiffVerdict() {}

  /**
   * The sentence.
   *
   * @param lines of the difference's entries, in their order
   */
  static String of(Difference difference, List<DiffReport.Line> lines, Tolerance tolerance) {
    long compared = difference.compared();
    if (compared == 0) {
      return "can't tell: the runs measured no point in common" + onlyInFirst(difference);
    }
    String within = percent(tolerance.slowDown());
    long open = difference.count(Change.CANT_TELL);
    if (difference.bad()) {
      return worse(difference, lines, tolerance)
          + (open == 0 ? "" : "; %s can't be told".formatted(open))
          + onlyInFirst(difference);
    }
    String better =
        difference.count(Change.FASTER) + difference.count(Change.MORE) == 0
            ? ""
            : ", %s better"
                .formatted(difference.count(Change.FASTER) + difference.count(Change.MORE));
    String same =
        "%s of %s comparisons are the same within %s%s"
            .formatted(difference.count(Change.SAME), compared, within, better);
    return open == 0
        ? "no slow-down beyond " + within + ": " + same + onlyInFirst(difference)
        : "can't tell of %s, found no slow-down beyond %s in the others: %s"
                .formatted(Numbers.counted(open, "comparison", "comparisons"), within, same)
            + onlyInFirst(difference);
  }

  private static String worse(
      Difference difference, List<DiffReport.Line> lines, Tolerance tolerance) {
    List<String> parts = new ArrayList<>();
    long silent = difference.count(Change.NO_REPLY);
    long slower = difference.count(Change.SLOWER);
    long fewer = difference.count(Change.FEWER);
    if (silent > 0) {
      parts.add("no reply in trials of " + Numbers.counted(silent, "point", "points"));
    }
    if (slower > 0) {
      parts.add(
          "slower by more than %s in %s of %s comparisons"
              .formatted(percent(tolerance.slowDown()), slower, difference.compared()));
    }
    if (fewer > 0) {
      parts.add(
          "over %s fewer of the messages came back in %s of %s comparisons"
              .formatted(percent(tolerance.share()), fewer, difference.compared()));
    }
    DiffReport.Line worst = lines.getFirst();
    return "%s, worst: %s %s".formatted(String.join(", ", parts), worst.point(), worst.measure());
  }

  /** A point that was not measured again is not known to be as it was. */
  private static String onlyInFirst(Difference difference) {
    int missing = difference.onlyInFirst().size();
    return missing == 0
        ? ""
        : "; b has no trial of " + Numbers.counted(missing, "point of a", "points of a");
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.4g %%", part * 100).replaceAll("\\.?0+ ", " ");
  }
}
