package dev.sockbed.bench.stats;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A number that is to be reached, and what was found.
 *
 * @param claim what the number is
 * @param value what was found
 * @param low the lower end of its interval, or null without one
 * @param high its upper end
 * @param bound what it is to reach
 * @param least whether it must be that at least; else at most
 * @param reached whether it is so
 */
public record Goal(
    String claim,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    double bound,
    boolean least,
    boolean reached) {

  /** A ratio that is to be large. */
  public static Goal atLeast(double bound, String claim, Comparison found) {
    return new Goal(
        claim, found.ratio(), found.low(), found.high(), bound, true, found.ratio() >= bound);
  }

  /** A ratio that is to be small. */
  public static Goal atMost(double bound, String claim, Comparison found) {
    return new Goal(
        claim, found.ratio(), found.low(), found.high(), bound, false, found.ratio() <= bound);
  }

  /** A number that is to be small. */
  public static Goal atMost(double bound, String claim, double found) {
    return new Goal(claim, found, null, null, bound, false, found <= bound);
  }

  /** One line, ended. */
  public String line() {
    String interval =
        low == null || high == null ? "" : " (" + form(low) + " to " + form(high) + ")";
    return "%-11s  %s: %s%s, to be at %s %s%n"
        .formatted(
            reached ? "reached" : "NOT reached",
            claim,
            form(value),
            interval,
            least ? "least" : "most",
            form(bound));
  }

  /** So many digits that a number that is not reached does not look as if it were. */
  private static String form(double number) {
    return String.format(
        Locale.ROOT, number < 0.1 ? "%.4f" : number < 100 ? "%.2f" : "%,.0f", number);
  }
}
