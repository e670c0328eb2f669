package dev.sockbed.bench.load.command;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.command.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run has to reach, so that a build server can tell a bad one by the exit status. */
final class RequirementOptions {
  @Option(
      names = "--max-p99",
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description =
          "Exit status 1 if one message in a hundred took longer: its response time with --rate,"
              + " else its service time.")
  private @Nullable Duration maxP99;

  @Option(
      names = "--max-loss",
      paramLabel = "PERCENT",
      converter = Values.Percent.class,
      description =
          "Exit status 1 if more of the messages than that did not come back whole and in time.")
  private @Nullable Double maxLoss;

  @Option(
      names = "--min-rate",
      paramLabel = "N/s",
      converter = Values.Rate.class,
      description =
          "Exit status 1 if fewer messages a second came back whole and in time; with several"
              + " trials in the median one.")
  private @Nullable Double minRate;

  /**
   * What was not reached, a sentence each; what can't be told counts as that.
   *
   * @param trials the cells of the load, at least one
   */
  List<String> missed(List<Cell> trials) {
    Trials all = Trials.of(trials).getFirst();
    List<String> missed = new ArrayList<>();
    if (maxP99 != null) {
      addP99(all, maxP99.toNanos(), missed);
    }
    if (maxLoss != null) {
      addLoss(all, maxLoss, missed);
    }
    if (minRate != null && all.messagesPerSecond() < minRate) {
      missed.add(
          "%s messages/s came back whole and in time, and --min-rate asks for %s"
              .formatted(Numbers.rate(all.messagesPerSecond()), Numbers.rate(minRate)));
    }
    return missed;
  }

  private static void addP99(Trials all, long mostNanos, List<String> missed) {
    Long p99 = all.times().p99();
    if (p99 == null) {
      missed.add(
          "the 99th percentile is not known of %s, and --max-p99 asks for at most %s"
              .formatted(
                  Numbers.counted(all.times().count(), "reply", "replies"),
                  Numbers.time(mostNanos)));
    } else if (p99 > mostNanos) {
      missed.add(
          "the 99th percentile is %s, and --max-p99 allows %s"
              .formatted(Numbers.time(p99), Numbers.time(mostNanos)));
    }
  }

  private static void addLoss(Trials all, double mostShare, List<String> missed) {
    long messages = 0;
    long ok = 0;
    for (Cell cell : all.cells()) {
      Share.Count count = Measure.inTime(cell);
      messages += count.messages();
      ok += count.counted();
    }
    double share = messages == 0 ? 1 : (double) (messages - ok) / messages;
    if (share > mostShare) {
      missed.add(
          "%s of the messages did not come back whole and in time, and --max-loss allows %s"
              .formatted(Numbers.share(share), Numbers.share(mostShare)));
    }
  }
}
