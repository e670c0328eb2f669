package dev.sockbed.bench.link.finding;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Share;
import dev.sockbed.bench.stats.ShareComparison;
import dev.sockbed.bench.stats.Trials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One emulated link with the cells of each way of sending, one a trial.
 *
 * @param link what the link does
 * @param byManner the cells for {@link #TCP}, {@link #UDP} and {@link #UDP_RETRY}
 */
public record MeasuredLink(LinkSpec link, Map<String, List<Cell>> byManner) {
  /** A stream. */
  public static final String TCP = "tcp";

  /** Datagrams, each sent once. */
  public static final String UDP = "udp";

  /** Datagrams that the client sends again. */
  public static final String UDP_RETRY = "udp+retry";

  /** All of them, in the order in which they are shown. */
  public static final List<String> MANNERS = List.of(TCP, UDP, UDP_RETRY);

  /** Finds the links of which every manner has a cell. */
  public static List<MeasuredLink> of(List<Cell> cells) {
    Map<String, MeasuredLink> links = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (cell.detail() instanceof LinkDetail detail) {
        links
            .computeIfAbsent(
                cell.scenario(),
                _ -> new MeasuredLink(LinkText.parse(detail.link()), new LinkedHashMap<>()))
            .byManner()
            .computeIfAbsent(cell.variant(), _ -> new ArrayList<>())
            .add(cell);
      }
    }
    return links.values().stream()
        .filter(link -> link.byManner().keySet().containsAll(MANNERS))
        .toList();
  }

  /** As the cells name it. */
  public String scenario() {
    return cells(TCP).getFirst().scenario();
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
    long sent = sent(manner);
    return sent == 0 ? 0 : (double) detail(manner).inTime().get(deadline).messages() / sent;
  }

  /** How many trials there were, of the manner with fewest. */
  public int trials() {
    return MANNERS.stream().mapToInt(manner -> cells(manner).size()).min().orElse(0);
  }

  /** How often a trial was made again since this machine had held it up. */
  public int repeats() {
    Integer repeats = detail(TCP).repeats();
    return repeats == null ? 0 : repeats;
  }

  /**
   * TCP's share and another manner's, with the interval of their difference.
   *
   * @param confidence of this interval alone
   */
  public ShareComparison shares(String manner, int deadline, double confidence) {
    return ShareComparison.of(counts(TCP, deadline), counts(manner, deadline), confidence);
  }

  /**
   * The factor between the two shares, with its interval.
   *
   * @return null if nothing of TCP's came in time
   */
  public @Nullable Comparison ratio(String manner, int deadline, double confidence) {
    return share(TCP, deadline) == 0
        ? null
        : ShareComparison.ratio(counts(TCP, deadline), counts(manner, deadline), confidence);
  }

  private List<List<Share.Count>> counts(String manner, int deadline) {
    return Trials.byFork(cells(manner)).stream()
        .map(fork ->
            fork.stream()
                .map(cell ->
                    new Share.Count(detail(cell).inTime().get(deadline).messages(), cell.sent()))
                .toList())
        .toList();
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
    return Trials.within(cells(manner), part);
  }

  /**
   * The place of the shortest deadline that leaves room for twice the link's round trip, or else of
   * the longest. What was measured has no say in it, or it would be the one that luck favoured.
   */
  public int deadline() {
    Duration least = link.up().delay().mean().plus(link.down().delay().mean()).multipliedBy(2);
    List<Duration> all = deadlines();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).compareTo(least) >= 0) {
        return i;
      }
    }
    return all.size() - 1;
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

  /** The greatest part of a manner's messages that the client sent late by its own fault. */
  public double sentLateShare() {
    return MANNERS.stream()
        .mapToDouble(manner -> detail(manner).sentLateShare(sent(manner)))
        .max()
        .orElse(0);
  }

  private long sent(String manner) {
    return cells(manner).stream().mapToLong(Cell::sent).sum();
  }

  private List<Cell> cells(String manner) {
    return Objects.requireNonNull(byManner.get(manner));
  }

  private static LinkDetail detail(Cell cell) {
    return (LinkDetail) Objects.requireNonNull(cell.detail());
  }

  private LinkDetail detail(String manner) {
    return LinkDetail.together(cells(manner).stream().map(MeasuredLink::detail).toList());
  }
}
