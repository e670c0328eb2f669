package dev.sockbed.bench.report;

import dev.sockbed.bench.link.finding.LinkSweep;
import dev.sockbed.bench.link.finding.MeasuredLink;
import dev.sockbed.bench.output.Table;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.ShareComparison;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Losses by delays as a table for people: in each place what TCP, UDP and UDP with resends did.
 *
 * @param losses the rows' heads
 * @param columns one for each delay
 * @param sentences what follows, for a chooser
 * @param caveat what this kind of link can't show, or nothing
 */
record LinkGrid(List<String> losses, List<Column> columns, List<String> sentences, String caveat) {
  static final String TITLE = "Over bad networks: loss × delay";

  static final String IN_TIME =
      "Messages whose echo came in time, of all that were sent, by the loss and the delay of each"
          + " way. The deadline is the shortest that leaves room for twice the round trip. The"
          + " larger of TCP's and UDP's share is marked where the interval of their difference says"
          + " that they differ.";

  static final String WITHIN =
      "How long it took until 99 % of all echoes were there, lost messages counted.";

  static final List<String> HEADS = List.of("TCP", "UDP", "resends");

  private static final List<Table.Tone> TONES =
      List.of(Table.Tone.TCP, Table.Tone.UDP, Table.Tone.PLAIN);

  private static final double NEARLY_ALL = 0.99;
  private static final String NOTHING = "";

  /**
   * All losses at one delay.
   *
   * @param delay in words
   * @param deadline in words
   * @param places one for each loss
   */
  record Column(String delay, String deadline, List<Place> places) {}

  /**
   * What was found at one loss and one delay; in the order of {@link MeasuredLink#MANNERS}.
   *
   * @param shares percentages of messages in time
   * @param times until nearly all were there
   * @param ahead {@code tcp} or {@code udp}, or nothing if neither is
   */
  record Place(List<String> shares, List<String> times, String ahead) {
    private static final Place EMPTY =
        new Place(List.of("-", "-", "-"), List.of("-", "-", "-"), NOTHING);

    private static Place of(MeasuredLink link, int deadline, double confidence) {
      List<String> shares = new ArrayList<>();
      List<String> times = new ArrayList<>();
      for (String manner : MeasuredLink.MANNERS) {
        shares.add(Numbers.share(link.share(manner, deadline)));
        Long within = link.within(manner, NEARLY_ALL);
        times.add(within == null ? "never" : Numbers.time(within));
      }
      ShareComparison differs = link.shares(MeasuredLink.UDP, deadline, confidence);
      String ahead =
          !differs.differs()
              ? NOTHING
              : differs.difference() > 0 ? MeasuredLink.UDP : MeasuredLink.TCP;
      return new Place(shares, times, ahead);
    }

    /** Whether that manner is the one to be marked. */
    boolean marks(int manner) {
      return MeasuredLink.MANNERS.get(manner).equals(ahead);
    }
  }

  /** The table of results; nothing if losses and delays were not gone through. */
  static Optional<LinkGrid> of(Results results) {
    List<MeasuredLink> links = MeasuredLink.of(results.cells());
    LinkSweep sweep = LinkSweep.of(links);
    if (sweep.delays().isEmpty()) {
      return Optional.empty();
    }
    List<Double> losses = sweep.losses();
    double confidence = sweep.confidence(results.verdicts());
    return Optional.of(
        new LinkGrid(
            losses.stream().map(Percentages::inWords).toList(),
            sweep.delays().stream().map(delay -> column(delay, losses, confidence)).toList(),
            results.verdicts().stream()
                .filter(verdict -> verdict.claim().endsWith(LinkSweep.CLAIM))
                .map(Verdict::text)
                .toList(),
            links.getFirst().overRelay() ? LinkRow.RELAY : ""));
  }

  private static Column column(LinkSweep.SameDelay delay, List<Double> losses, double confidence) {
    int deadline = delay.deadline();
    return new Column(
        delay.delay().isZero() ? "no delay" : "delay " + Durations.inWords(delay.delay()),
        "in " + Durations.inWords(delay.byLoss().getFirst().deadlines().get(deadline)),
        losses.stream()
            .map(loss ->
                delay
                    .at(loss)
                    .map(link -> Place.of(link, deadline, confidence))
                    .orElse(Place.EMPTY))
            .toList());
  }

  /** The colour of a manner. */
  static Table.Tone tone(int manner) {
    return TONES.get(manner);
  }

  /** The links that have nothing to show beside their place in the table. */
  static List<String> onlyHere(Results results) {
    List<MeasuredLink> links = MeasuredLink.of(results.cells());
    LinkSweep sweep = LinkSweep.of(links);
    return links.stream()
        .filter(link -> !link.inDetail() && sweep.holds(link))
        .map(MeasuredLink::scenario)
        .toList();
  }
}
