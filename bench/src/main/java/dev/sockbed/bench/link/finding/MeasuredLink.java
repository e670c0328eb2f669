package dev.sockbed.bench.link.finding;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.LinkDetail;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One emulated link with the cell of each way of sending.
 *
 * @param link what the link does
 * @param byManner the cell for {@link #TCP}, {@link #UDP} and {@link #UDP_RETRY}
 */
public record MeasuredLink(LinkSpec link, Map<String, Cell> byManner) {
  /** A stream. */
  public static final String TCP = "tcp";

  /** Datagrams, each sent once. */
  public static final String UDP = "udp";

  /** Datagrams that the client sends again. */
  public static final String UDP_RETRY = "udp+retry";

  /** All of them, in the order in which they are shown. */
  public static final List<String> MANNERS = List.of(TCP, UDP, UDP_RETRY);

  /** A difference of a smaller part of the messages could be one burst's luck. */
  public static final double LEAST_SHARE = 0.005;

  /** Where the emulator is late with a larger part of the packets, times are partly its own. */
  public static final double MOST_TARDY = 0.01;

  private static final double ROUNDING = 1e-6;

  /** What keeps a rounded percentage on the side of the message that is meant. */
  private static final double WITHIN_ONE = 0.25;

  /** Finds the links of which every manner has a cell, each with its first trial. */
  public static List<MeasuredLink> of(List<Cell> cells) {
    Map<String, MeasuredLink> links = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (cell.detail() instanceof LinkDetail detail && cell.trial() == 1) {
        links
            .computeIfAbsent(
                cell.scenario(),
                _ -> new MeasuredLink(LinkText.parse(detail.link()), new LinkedHashMap<>()))
            .byManner()
            .put(cell.transport(), cell);
      }
    }
    return links.values().stream()
        .filter(link -> link.byManner().keySet().containsAll(MANNERS))
        .toList();
  }

  /** As the cells name it. */
  public String scenario() {
    return cell(TCP).scenario();
  }

  /** The mean delay, each way. */
  public Duration delay() {
    return link.up().delay().mean();
  }

  /** The part of the packets that is lost, each way. */
  public double loss() {
    return link.up().loss().share();
  }

  /** For which deadlines messages were counted, the shortest first. */
  public List<Duration> deadlines() {
    return detail(TCP).inTime().stream()
        .map(inTime -> Duration.ofNanos(inTime.deadlineNs()))
        .toList();
  }

  /**
   * The part of the messages that came back within a deadline.
   *
   * @param deadline its place among the {@link #deadlines}
   */
  public double share(String manner, int deadline) {
    long sent = cell(manner).sent();
    return sent == 0 ? 0 : (double) detail(manner).inTime().get(deadline).messages() / sent;
  }

  /** How much larger another manner's share is than TCP's; below 0 if it is smaller. */
  public double advantage(String manner, int deadline) {
    return share(manner, deadline) - share(TCP, deadline);
  }

  /**
   * Within which time a part of all messages came, those that never came counted as the longest.
   *
   * @param part above 0, at most 1
   * @return nanoseconds, or null if fewer came at all, or their times were not kept
   */
  public @Nullable Long within(String manner, double part) {
    Cell cell = cell(manner);
    String times = cell.responseHistogram();
    if (times == null) {
      return null;
    }
    Histogram histogram = Histograms.decode(times);
    long came = histogram.getTotalCount();
    double messages = Math.ceil(part * cell.sent() - ROUNDING);
    if (came < messages) {
      return null;
    }
    return histogram.getValueAtPercentile(100 * (messages - WITHIN_ONE) / came);
  }

  /** The deadline's place that tells TCP and UDP apart the most. */
  public int tellingDeadline() {
    int telling = 0;
    for (int i = 1; i < deadlines().size(); i++) {
      if (Math.abs(advantage(UDP, i)) > Math.abs(advantage(UDP, telling))) {
        telling = i;
      }
    }
    return telling;
  }

  /** Whether a relay stood in between, which can't lose a TCP segment. */
  public boolean overRelay() {
    return detail(TCP).mode().equals("relay");
  }

  /** Packets that are missing by the emulator's fault. */
  public long unfetched() {
    return MANNERS.stream().mapToLong(manner -> detail(manner).unfetched()).sum();
  }

  /** The greatest part of a manner's packets that the emulator was more than 1 ms late with. */
  public double tardyShare() {
    return MANNERS.stream().mapToDouble(manner -> detail(manner).tardyShare()).max().orElse(0);
  }

  /** Whether more was measured than what a table of losses and delays shows. */
  public boolean inDetail() {
    return !detail(TCP).setUpsNs().isEmpty();
  }

  private Cell cell(String manner) {
    return Objects.requireNonNull(byManner.get(manner));
  }

  private LinkDetail detail(String manner) {
    return (LinkDetail) Objects.requireNonNull(cell(manner).detail());
  }
}
