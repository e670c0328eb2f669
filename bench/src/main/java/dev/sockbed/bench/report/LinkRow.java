package dev.sockbed.bench.report;

import dev.sockbed.bench.link.finding.MeasuredLink;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
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
 * @param detail of the first trial
 */
record LinkRow(String manner, long sent, LinkDetail detail) {
  /** What a relay can't show. */
  static final String RELAY =
      "A relay stood between the two ends, which can't lose a TCP segment: TCP's numbers are those"
          + " of a link that only delays.";

  /** One row a point; points without the detail are left out. */
  static List<LinkRow> of(Scenario scenario) {
    return scenario.points().stream().map(LinkRow::of).filter(Objects::nonNull).toList();
  }

  private static @Nullable LinkRow of(Trials trials) {
    Cell first = trials.cells().getFirst();
    return first.detail() instanceof LinkDetail detail
        ? new LinkRow(trials.point().transport(), first.sent(), detail)
        : null;
  }

  /** The heads of the columns of messages in time, as in {@code in 50ms}. */
  List<String> deadlines() {
    return detail.inTime().stream()
        .map(inTime -> "in " + Durations.format(Duration.ofNanos(inTime.deadlineNs())))
        .toList();
  }

  /** Those columns, in percent of the messages. */
  List<String> shares() {
    return detail.inTime().stream()
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
    if (detail.tardyShare() > MeasuredLink.MOST_TARDY) {
      sentences.add(
          "%s: the emulator was over 1 ms late with %s of the packets; do not put that down to %s"
              .formatted(manner, Numbers.share(detail.tardyShare()), manner));
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
