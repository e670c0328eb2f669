package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.finding.LinkSweep;
import dev.sockbed.bench.link.finding.MeasuredLink;
import dev.sockbed.bench.report.Numbers;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a chooser needs to know of a bad network: which of the two delivers more in time. */
final class LinkFindings {
  private static final double CONFIDENCE = 0.95;

  private LinkFindings() {}

  /** The sentences; none if no link was measured. */
  static List<Verdict> of(List<Cell> cells) {
    List<MeasuredLink> links = MeasuredLink.of(cells);
    List<Verdict> verdicts = new ArrayList<>();
    links.stream().limit(1).forEach(link -> verdicts.add(ofOne(link)));
    for (LinkSweep.SameDelay delay : LinkSweep.of(links).delays()) {
      verdicts.add(ofDelay(delay, MeasuredLink.UDP, "UDP"));
      verdicts.add(ofDelay(delay, MeasuredLink.UDP_RETRY, "UDP with resends"));
    }
    return verdicts;
  }

  /** At the deadline that tells the two apart the most, and at the longest. */
  private static Verdict ofOne(MeasuredLink link) {
    int telling = link.tellingDeadline();
    int longest = link.deadlines().size() - 1;
    StringBuilder text = new StringBuilder("Over a bad network (" + link.link() + "), ");
    text.append(
        "%s of TCP's messages came back within %s, %s of UDP's and %s of UDP's with resends"
            .formatted(
                share(link, MeasuredLink.TCP, telling),
                deadline(link, telling),
                share(link, MeasuredLink.UDP, telling),
                share(link, MeasuredLink.UDP_RETRY, telling)));
    if (telling != longest) {
      text.append(
          "; within %s it was %s, %s and %s"
              .formatted(
                  deadline(link, longest),
                  share(link, MeasuredLink.TCP, longest),
                  share(link, MeasuredLink.UDP, longest),
                  share(link, MeasuredLink.UDP_RETRY, longest)));
    }
    text.append(caveat(List.of(link)));
    return verdict(link, MeasuredLink.UDP, telling, "", text.toString());
  }

  private static String share(MeasuredLink link, String manner, int deadline) {
    return Numbers.share(link.share(manner, deadline));
  }

  /**
   * From which loss on, and for which deadline, a way of sending delivers more in time than TCP.
   */
  private static Verdict ofDelay(LinkSweep.SameDelay delay, String manner, String subject) {
    List<String> parts = new ArrayList<>();
    MeasuredLink shown = delay.byLoss().getLast();
    int at = delay.shortestDeadline();
    for (int i = 0; i < shown.deadlines().size(); i++) {
      Optional<MeasuredLink> from = delay.firstAhead(manner, i);
      if (from.isPresent()) {
        if (parts.isEmpty()) {
          shown = from.get();
          at = i;
        }
        parts.add(
            "%s from %s loss on"
                .formatted(deadline(shown, i), Percentages.format(from.get().loss())));
      }
    }
    String text =
        "With a delay of %s each way, %s delivers more in time than TCP for %s"
            .formatted(
                Durations.format(delay.delay()),
                subject,
                parts.isEmpty()
                    ? "none of the deadlines"
                    : "a deadline of " + String.join(", of ", parts));
    return verdict(shown, manner, at, LinkSweep.CLAIM, text + caveat(delay.byLoss()));
  }

  private static Verdict verdict(
      MeasuredLink link, String manner, int deadline, String claimed, String text) {
    double tcp = link.share(MeasuredLink.TCP, deadline);
    double ratio = tcp == 0 ? 1 : link.share(manner, deadline) / tcp;
    String within = deadline(link, deadline);
    String claim =
        "%s in %s / tcp in %s, %s%s".formatted(manner, within, within, link.scenario(), claimed);
    return new Verdict(claim, ratio, null, null, CONFIDENCE, 1, 1, text);
  }

  private static String deadline(MeasuredLink link, int deadline) {
    return Durations.format(link.deadlines().get(deadline));
  }

  /** What the reader must know before believing a sentence about these links. */
  private static String caveat(List<MeasuredLink> links) {
    long unfetched = links.stream().mapToLong(MeasuredLink::unfetched).sum();
    double tardy = links.stream().mapToDouble(MeasuredLink::tardyShare).max().orElse(0);
    StringBuilder caveat = new StringBuilder(" (one trial, so no interval)");
    if (links.getFirst().overRelay()) {
      caveat.append(" (through a relay, which loses no segment)");
    }
    if (unfetched > 0) {
      caveat.append(
          " (but the emulator itself was too slow for %,d packets, so this says little)"
              .formatted(unfetched));
    }
    if (tardy > MeasuredLink.MOST_TARDY) {
      caveat.append(
          " (but the emulator itself was over 1 ms late with %s of the packets: the machine was busy)"
              .formatted(Numbers.share(tardy)));
    }
    return caveat.toString();
  }
}
