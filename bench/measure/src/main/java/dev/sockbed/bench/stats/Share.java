package dev.sockbed.bench.stats;

import java.util.List;

/**
 * Which part of the messages has some property, with a confidence interval. A share may be 0 or 1.
 *
 * <p>Messages of one trial share its luck, so trials are clusters: the interval is Wilson's for as
 * many messages as would vary as much if each met its fate alone (Korn and Graubard, "Confidence
 * Intervals for Proportions with Small Expected Number of Positive Counts Estimated from Survey
 * Data", Survey Methodology 24, 1998), with Student's t for the number of trials. Where there are
 * several runs, they are the clusters.
 *
 * <p>Few trials can't tell how often something happens that hits a whole trial and happened in none
 * of them.
 *
 * @param share the part, 0 to 1
 * @param messages so many would vary as much if each met its fate alone
 * @param clusters trials, or runs where there are several
 */
public record Share(double share, double messages, int clusters) {

  /**
   * Some messages of a trial.
   *
   * @param messages how many there were
   * @param counted how many of them are counted, as those that came back
   */
  public record Count(long counted, long messages) {
    /**
     * @throws IllegalArgumentException if more are counted than there are
     */
    public Count {
      if (counted < 0 || counted > messages) {
        throw new IllegalArgumentException(counted + " of " + messages + " messages");
      }
    }

    Count plus(Count other) {
      return new Count(counted + other.counted, messages + other.messages);
    }
  }

  /** Where the share may really be; it holds the share that was found. */
  public record Interval(double low, double high) {}

  /**
   * The share over all trials.
   *
   * @param runs of each run a count for each trial; a run may have none
   * @throws IllegalArgumentException if there is no message
   */
  public static Share of(List<List<Count>> runs) {
    return of(runs, runs.size() == 1);
  }

  /** The same, where a comparison has single runs on both sides or not. */
  static Share of(List<List<Count>> runs, boolean single) {
    List<Count> clusters =
        single
            ? runs.getFirst()
            : runs.stream()
                .filter(run -> !run.isEmpty())
                .map(run -> run.stream().reduce(new Count(0, 0), Count::plus))
                .toList();
    Count all = clusters.stream().reduce(new Count(0, 0), Count::plus);
    if (all.messages == 0) {
      throw new IllegalArgumentException("no message, no share");
    }
    double share = (double) all.counted / all.messages;
    double alone = share * (1 - share) / all.messages;
    double squares = 0;
    for (Count cluster : clusters) {
      double off = cluster.counted - share * cluster.messages;
      squares += off * off;
    }
    int n = clusters.size();
    double clustered = squares / all.messages / all.messages * n / (n - 1);
    double effect = alone == 0 || n == 1 ? 1 : Math.max(1, clustered / alone);
    return new Share(share, all.messages / effect, n);
  }

  /** Whether so many trials, and runs where there are several, are enough for an interval. */
  public static boolean enough(List<List<Count>> runs) {
    return enough(runs, runs.size() == 1);
  }

  static boolean enough(List<List<Count>> runs, boolean single) {
    long filled = runs.stream().filter(run -> !run.isEmpty()).count();
    return trials(runs) >= Comparison.FEWEST && (single || filled >= Comparison.FEWEST_RUNS);
  }

  /** All runs' trials. */
  public static int trials(List<List<Count>> runs) {
    return runs.stream().mapToInt(List::size).sum();
  }

  /**
   * Where the share may really be, to either side.
   *
   * @param confidence of this interval alone
   */
  public Interval interval(double confidence) {
    double t = Sample.criticalValue(confidence, clusters - 1);
    double more = t * t / messages;
    double center = (share + more / 2) / (1 + more);
    double half = t / (1 + more) * Math.sqrt(share * (1 - share) / messages + more / messages / 4);
    return new Interval(Math.clamp(center - half, 0, share), Math.clamp(center + half, share, 1));
  }

  /**
   * How many messages show that a share is at least {@code least} if all of them have the property.
   *
   * @param confidence of the interval
   * @param least above 0 and below 1
   * @param clusters trials, at least 2
   */
  public static long messagesToShow(double least, double confidence, int clusters) {
    double t = Sample.criticalValue(confidence, clusters - 1);
    return (long) Math.ceil(t * t * least / (1 - least));
  }
}
