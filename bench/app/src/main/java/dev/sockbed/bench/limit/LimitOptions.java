package dev.sockbed.bench.limit;

import dev.sockbed.bench.bare.Floor;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.ReceiveLimitDetail;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.command.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The limits that a user gives, and what was not reached of them. */
public final class LimitOptions {
  @Option(
      names = "--max-p99",
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description =
          "Exit status 1 if one message in a hundred took longer, where messages go one at a time"
              + " or as load sends them: its response time with a rate, else its service time.")
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
          "Exit status 1 if fewer messages a second came back whole and in time, where many are in"
              + " flight or load sends them; with several trials in the median one.")
  private @Nullable Double minRate;

  /** Whether there is any. */
  public boolean given() {
    return maxP99 != null || maxLoss != null || minRate != null;
  }

  /**
   * All limits for one run of the load generator; what can't be told is not reached.
   *
   * @param trials its cells, at least one
   */
  public List<Requirement> ofLoad(List<Cell> trials) {
    return of(Trials.of(trials).getFirst(), true, true);
  }

  /**
   * Each limit for each point that it says something of: bare sockets, messages of which a receive
   * limit takes a part, and files are not what a limit is for.
   */
  public List<Requirement> ofPoints(List<Cell> cells) {
    List<Requirement> all = new ArrayList<>();
    for (Trials trials : Trials.of(cells)) {
      Point point = trials.point();
      boolean meant =
          !point.scenario().equals(Floor.SCENARIO)
              && trials.cells().stream().noneMatch(LimitOptions::isNotOfMessages);
      if (meant) {
        List<Measure> measures = Measure.worthComparing(point);
        all.addAll(
            of(
                trials,
                measures.contains(Measure.P99),
                measures.contains(Measure.MESSAGES_PER_SECOND)));
      }
    }
    addIfNone(maxP99 == null ? null : maxP99(maxP99), all);
    addIfNone(maxLoss == null ? null : maxLoss(maxLoss), all);
    addIfNone(minRate == null ? null : minRate(minRate), all);
    return all;
  }

  private static boolean isNotOfMessages(Cell cell) {
    return cell.detail() instanceof ReceiveLimitDetail || cell.detail() instanceof TransferDetail;
  }

  private static void addIfNone(@Nullable String asks, List<Requirement> all) {
    if (asks != null && all.stream().noneMatch(each -> each.asks().equals(asks))) {
      all.add(new Requirement(null, asks, "nothing was measured that is to have " + asks));
    }
  }

  private List<Requirement> of(Trials trials, boolean times, boolean rates) {
    List<Requirement> all = new ArrayList<>();
    if (maxP99 != null && times) {
      all.add(new Requirement(trials.point(), maxP99(maxP99), slow(trials, maxP99.toNanos())));
    }
    if (maxLoss != null) {
      all.add(new Requirement(trials.point(), maxLoss(maxLoss), lossy(trials, maxLoss)));
    }
    if (minRate != null && rates) {
      double rate = trials.messagesPerSecond();
      String missed =
          "%s messages/s came back whole and in time, and --min-rate asks for %s"
              .formatted(Numbers.rate(rate), Numbers.rate(minRate));
      all.add(new Requirement(trials.point(), minRate(minRate), rate < minRate ? missed : null));
    }
    return all;
  }

  private static String maxP99(Duration most) {
    return "p99 at most " + Numbers.time(most.toNanos());
  }

  private static String maxLoss(double most) {
    return "loss at most " + Numbers.share(most);
  }

  private static String minRate(double least) {
    return "at least " + Numbers.rate(least) + " messages/s";
  }

  private static @Nullable String slow(Trials trials, long mostNanos) {
    Long p99 = trials.times().p99();
    if (p99 == null) {
      return "the 99th percentile is not known of %s, and --max-p99 asks for at most %s"
          .formatted(
              Numbers.counted(trials.times().count(), "reply", "replies"), Numbers.time(mostNanos));
    }
    return p99 <= mostNanos
        ? null
        : "the 99th percentile is %s, and --max-p99 allows %s"
            .formatted(Numbers.time(p99), Numbers.time(mostNanos));
  }

  private static @Nullable String lossy(Trials trials, double mostShare) {
    long messages = 0;
    long ok = 0;
    for (Cell cell : trials.cells()) {
      Share.Count count = Measure.inTime(cell);
      messages += count.messages();
      ok += count.counted();
    }
    double share = messages == 0 ? 1 : (double) (messages - ok) / messages;
    return share <= mostShare
        ? null
        : "%s of the messages did not come back whole and in time, and --max-loss allows %s"
            .formatted(Numbers.share(share), Numbers.share(mostShare));
  }
}
