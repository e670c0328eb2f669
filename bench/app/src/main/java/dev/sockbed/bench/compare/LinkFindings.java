package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.finding.LinkSweep;
import dev.sockbed.bench.link.finding.MeasuredLink;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.ShareComparison;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a chooser needs to know of a bad network: which of the two delivers more in time. Shares are
 * of all trials together, and each difference has an interval.
 */
final class LinkFindings {
  private final List<MeasuredLink> one;
  private final LinkSweep sweep;

  private LinkFindings(List<MeasuredLink> one, LinkSweep sweep) {
    this.one = one;
    this.sweep = sweep;
  }

  /** Finds what there is to say: of the first link by itself, and of a sweep. */
  static LinkFindings of(List<Cell> cells) {
    List<MeasuredLink> links = MeasuredLink.of(cells);
    return new LinkFindings(links.stream().limit(1).toList(), LinkSweep.of(links));
  }

  /** How many intervals that makes, which have to hold together with all others. */
  int intervals() {
    long ofOne =
        one.stream()
            .filter(link -> link.trials() >= Comparison.FEWEST)
            .flatMap(LinkFindings::questions)
            .count();
    return (int) ofOne + sweep.intervals();
  }

  /**
   * The sentences; none if no link was measured.
   *
   * @param confidence of each interval alone
   */
  List<Verdict> verdicts(double confidence) {
    List<Verdict> verdicts = new ArrayList<>();
    for (MeasuredLink link : one) {
      questions(link).forEach(asked -> verdicts.add(ofOne(link, asked, confidence)));
    }
    for (LinkSweep.SameDelay delay : sweep.delays()) {
      verdicts.add(ofDelay(delay, MeasuredLink.UDP, "UDP", confidence));
      verdicts.add(ofDelay(delay, MeasuredLink.UDP_RETRY, "UDP with resends", confidence));
    }
    return verdicts;
  }

  /** A manner against TCP, for one deadline. */
  private record Asked(String manner, String subject, int deadline) {}

  /** Soon, of both other manners; and in the end, when UDP without resends has lost for good. */
  private static Stream<Asked> questions(MeasuredLink link) {
    int soon = link.deadline();
    int longest = link.deadlines().size() - 1;
    Stream<Asked> early =
        Stream.of(
            new Asked(MeasuredLink.UDP, "UDP's messages", soon),
            new Asked(MeasuredLink.UDP_RETRY, "UDP's with resends", soon));
    return soon == longest
        ? early
        : Stream.concat(early, Stream.of(new Asked(MeasuredLink.UDP, "UDP's messages", longest)));
  }

  private static Verdict ofOne(MeasuredLink link, Asked asked, double confidence) {
    ShareComparison shares = link.shares(asked.manner(), asked.deadline(), confidence);
    String text =
        "Over a bad network (%s), %s of %s came back within %s and %s of TCP's%s"
            .formatted(
                link.link(),
                Numbers.share(shares.second()),
                asked.subject(),
                deadline(link, asked.deadline()),
                Numbers.share(shares.first()),
                interval(shares));
    int repeats = link.repeats();
    String repeated =
        repeats == 0
            ? ""
            : "; %s that this machine held up %s made again"
                .formatted(
                    Numbers.counted(repeats, "trial", "trials"), repeats == 1 ? "was" : "were");
    return verdict(
        link,
        asked.manner(),
        asked.deadline(),
        "",
        confidence,
        text + repeated + caveat(List.of(link)));
  }

  /** By how many points the shares differ; that they may not, or that nobody can tell. */
  private static String interval(ShareComparison shares) {
    Double low = shares.low();
    Double high = shares.high();
    if (low == null || high == null) {
      return ": %s, too few to tell (%d are needed)"
          .formatted(Numbers.counted(shares.trials(), "trial", "trials"), Comparison.FEWEST);
    }
    return String.format(
        Locale.ROOT,
        "%s (%+.1f to %+.1f percentage points)",
        shares.differs() ? "" : ": no difference found",
        100 * low,
        100 * high);
  }

  /** From which loss on a way of sending delivers more in time than TCP. */
  private static Verdict ofDelay(
      LinkSweep.SameDelay delay, String manner, String subject, double confidence) {
    MeasuredLink most = delay.byLoss().getLast();
    Optional<MeasuredLink> from = delay.firstAhead(manner, confidence);
    String within =
        "With a delay of %s each way, %s delivers more than TCP within %s"
            .formatted(Durations.inWords(delay.delay()), subject, deadline(most, delay.deadline()));
    String text;
    if (most.trials() < Comparison.FEWEST) {
      text =
          "%s at some losses or none: %s, too few to tell (%d are needed)"
              .formatted(
                  within, Numbers.counted(most.trials(), "trial", "trials"), Comparison.FEWEST);
    } else {
      text =
          within
              + from.map(link -> " from %s loss on".formatted(Percentages.inWords(link.loss())))
                  .orElse(" at no loss that was measured, as far as these trials can tell");
    }
    return verdict(
        from.orElse(most),
        manner,
        delay.deadline(),
        LinkSweep.CLAIM,
        confidence,
        text + caveat(delay.byLoss()));
  }

  private static Verdict verdict(
      MeasuredLink link,
      String manner,
      int deadline,
      String claimed,
      double confidence,
      String text) {
    Comparison ratio = link.ratio(manner, deadline, confidence);
    String within = Durations.format(link.deadlines().get(deadline));
    String claim =
        "%s in %s / tcp in %s, %s%s".formatted(manner, within, within, link.scenario(), claimed);
    return new Verdict(
        claim,
        ratio == null ? null : ratio.ratio(),
        ratio == null ? null : ratio.low(),
        ratio == null ? null : ratio.high(),
        Comparison.CONFIDENCE,
        link.trials(),
        link.trials(),
        text);
  }

  private static String deadline(MeasuredLink link, int deadline) {
    return Durations.inWords(link.deadlines().get(deadline));
  }

  /** What the reader must know before believing a sentence about these links. */
  private static String caveat(List<MeasuredLink> links) {
    long unfetched = links.stream().mapToLong(MeasuredLink::unfetched).sum();
    double tardy = links.stream().mapToDouble(MeasuredLink::tardyShare).max().orElse(0);
    double late = links.stream().mapToDouble(MeasuredLink::sentLateShare).max().orElse(0);
    StringBuilder caveat = new StringBuilder();
    if (links.getFirst().overRelay()) {
      caveat.append(" (through a relay, which loses no segment)");
    }
    if (unfetched > 0) {
      caveat.append(
          " (but the emulator itself was too slow for %,d packets, so this says little)"
              .formatted(unfetched));
    }
    if (tardy > LinkDetail.MOST_LATE) {
      caveat.append(
          " (but the emulator itself was over 1 ms late with %s of the packets: the machine was busy)"
              .formatted(Numbers.share(tardy)));
    }
    if (late > LinkDetail.MOST_LATE) {
      caveat.append(
          " (but the client itself sent %s of the messages over 10 ms late: the machine was busy)"
              .formatted(Numbers.share(late)));
    }
    return caveat.toString();
  }
}
