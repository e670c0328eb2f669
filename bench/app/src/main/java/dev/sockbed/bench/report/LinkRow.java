package dev.sockbed.bench.report;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.stats.Trials;
import dev.sockbed.common.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one way of sending found over an emulated link, for a table.
 *
 * @param manner {@code tcp}, {@code udp} or {@code udp+retry}
 * @param sent messages
 * @param detail of all trials together
 * @param skipped so many of the shortest deadlines are left out: nothing can come within them
 */
record LinkRow(String manner, long sent, LinkDetail detail, int skipped) {
  /** What a relay can't show. */
  static final String RELAY =
      "A relay stood between the two ends, which can't lose a TCP segment: TCP's numbers are those"
          + " of a link that only delays.";

  /** One row a point; points without the detail are left out. */
  static List<LinkRow> of(Scenario scenario) {
    List<LinkRow> rows =
        scenario.points().stream().map(LinkRow::of).filter(Objects::nonNull).toList();
    int shortest = rows.stream().mapToInt(LinkRow::empty).min().orElse(0);
    return rows.stream().map(row -> row.without(shortest)).toList();
  }

  private LinkRow without(int deadlines) {
    return new LinkRow(manner, sent, detail, deadlines);
  }

  /** How many of the shortest deadlines are no longer than the link's delays; not the last. */
  private int empty() {
    LinkSpec link = LinkText.parse(detail.link());
    boolean varies = !link.up().delay().jitter().plus(link.down().delay().jitter()).isZero();
    Duration least = link.up().delay().mean().plus(link.down().delay().mean());
    List<LinkDetail.InTime> all = detail.inTime();
    int empty = 0;
    while (!varies
        && empty < all.size() - 1
        && all.get(empty).deadlineNs() <= least.toNanos()
        && all.get(empty).messages() == 0) {
      empty++;
    }
    return empty;
  }

  private static @Nullable LinkRow of(Trials trials) {
    List<LinkDetail> details =
        trials.cells().stream()
            .map(Cell::detail)
            .filter(LinkDetail.class::isInstance)
            .map(LinkDetail.class::cast)
            .toList();
    return details.size() < trials.cells().size()
        ? null
        : new LinkRow(trials.point().variant(), trials.sent(), LinkDetail.together(details), 0);
  }

  /** The heads of the columns of messages in time, as in {@code 50 ms}. */
  List<String> deadlines() {
    return detail.inTime().stream()
        .skip(skipped)
        .map(inTime -> Durations.inWords(Duration.ofNanos(inTime.deadlineNs())))
        .toList();
  }

  /** Those columns, in percent of the messages. */
  List<String> shares() {
    return detail.inTime().stream()
        .skip(skipped)
        .map(inTime -> Numbers.percent(inTime.messages(), sent))
        .toList();
  }

  /** What the link did and how it was made good, in a sentence each. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    long dropped = dropped(detail.up()) + dropped(detail.down());
    long offered = detail.up().offered() + detail.down().offered();
    sentences.add(
        "%s: the link dropped %s of %s packets"
                .formatted(manner, Numbers.count(dropped), Numbers.count(offered))
            + madeGood());
    if (!detail.setUpsNs().isEmpty()) {
      sentences.add(manner + ": " + setUps());
    }
    if (detail.recoveryNs() != null) {
      sentences.add(
          "%s: after an outage the next echo came in %s"
              .formatted(manner, Numbers.time(detail.recoveryNs())));
    }
    if (detail.unfetched() > 0) {
      sentences.add(
          "%s: the emulator was too slow for %s packets; do not put that down to %s"
              .formatted(manner, Numbers.count(detail.unfetched()), manner));
    }
    if (detail.tardyShare() > LinkDetail.MOST_LATE) {
      sentences.add(
          "%s: the emulator was over 1 ms late with %s of the packets; do not put that down to %s"
              .formatted(manner, Numbers.share(detail.tardyShare()), manner));
    }
    if (detail.sentLateShare(sent) > LinkDetail.MOST_LATE) {
      sentences.add(
          "%s: the client sent %s of the messages over 10 ms late; do not put that down to %s"
              .formatted(manner, Numbers.share(detail.sentLateShare(sent)), manner));
    }
    return sentences;
  }

  private String madeGood() {
    Long retransmits = detail.tcpRetransmits();
    if (retransmits != null) {
      return "; the system's TCP sent "
          + Numbers.counted(retransmits, "segment", "segments")
          + " again";
    }
    return detail.attempts() > 1
        ? "; the client sent " + Numbers.counted(detail.resent(), "message", "messages") + " again"
        : "";
  }

  private String setUps() {
    List<Long> came = detail.setUpsNs().stream().filter(Objects::nonNull).sorted().toList();
    int none = detail.setUpsNs().size() - came.size();
    String times =
        came.isEmpty()
            ? "no new client got an echo"
            : "a new client waited %s for its first echo, at most %s"
                .formatted(Numbers.time(came.get(came.size() / 2)), Numbers.time(came.getLast()));
    return came.isEmpty() || none == 0
        ? times
        : times + "; " + none + " of " + detail.setUpsNs().size() + " got none";
  }

  private static long dropped(LinkDetail.Packets packets) {
    return packets.lost() + packets.queueDropped();
  }

  /** What this kind of link can't show, or nothing. */
  String caveat() {
    return detail.mode().equals("relay") ? RELAY : "";
  }
}
