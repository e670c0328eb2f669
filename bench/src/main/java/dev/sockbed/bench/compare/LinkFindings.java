package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkMeasurement;
import dev.sockbed.bench.link.measure.Manner;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.common.Durations;
import dev.sockbed.common.Percentages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What a chooser needs to know of a bad network: which of the two delivers more in time. */
final class LinkFindings {
  private static final double CONFIDENCE = 0.95;

  /** A difference of fewer messages than this could be one burst's luck. */
  private static final double LEAST_SHARE = 0.005;

  private LinkFindings() {}

  /** One link with its three cells. */
  private record Measured(LinkSpec link, Map<String, Cell> byManner) {
    double share(Manner manner, int deadline) {
      Cell cell = Objects.requireNonNull(byManner.get(manner.label()));
      return (double) inTime(manner).get(deadline).messages() / cell.sent();
    }

    List<LinkDetail.InTime> inTime(Manner manner) {
      return detail(manner).inTime();
    }

    boolean overRelay() {
      return detail(Manner.TCP).mode().equals(LinkMode.RELAY.label());
    }

    private LinkDetail detail(Manner manner) {
      Cell cell = Objects.requireNonNull(byManner.get(manner.label()));
      return (LinkDetail) Objects.requireNonNull(cell.detail());
    }

    double advantage(int deadline) {
      return share(Manner.UDP, deadline) - share(Manner.TCP, deadline);
    }

    String deadline(int deadline) {
      return Durations.format(Duration.ofNanos(inTime(Manner.TCP).get(deadline).deadlineNs()));
    }
  }

  /** The sentences; none if no link was measured. */
  static List<Verdict> of(List<Cell> cells) {
    List<Measured> links = measured(cells);
    List<Verdict> verdicts = new ArrayList<>();
    links.stream().limit(1).forEach(link -> verdicts.add(ofOne(link)));
    verdicts.addAll(ofSweep(links));
    return verdicts;
  }

  private static List<Measured> measured(List<Cell> cells) {
    Map<String, Measured> links = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (cell.detail() instanceof LinkDetail detail && cell.trial() == 1) {
        links
            .computeIfAbsent(
                cell.scenario(),
                _ -> new Measured(LinkText.parse(detail.link()), new LinkedHashMap<>()))
            .byManner()
            .put(cell.transport(), cell);
      }
    }
    return links.values().stream()
        .filter(link -> link.byManner().size() == Manner.values().length)
        .toList();
  }

  /** At the deadline that tells the two apart the most, and at the longest. */
  private static Verdict ofOne(Measured link) {
    int count = link.inTime(Manner.TCP).size();
    int telling = 0;
    for (int i = 1; i < count; i++) {
      if (Math.abs(link.advantage(i)) > Math.abs(link.advantage(telling))) {
        telling = i;
      }
    }
    StringBuilder text = new StringBuilder("Over " + link.link() + ", ");
    text.append(told(link, telling));
    if (telling != count - 1) {
      text.append("; ").append(told(link, count - 1));
    }
    return verdict(link, telling, text.toString());
  }

  private static String told(Measured link, int deadline) {
    return String.format(
        Locale.ROOT,
        "within %s came %.1f%% of TCP's messages, %.1f%% of UDP's and %.1f%% of UDP's with resends",
        link.deadline(deadline),
        100 * link.share(Manner.TCP, deadline),
        100 * link.share(Manner.UDP, deadline),
        100 * link.share(Manner.UDP_RETRY, deadline));
  }

  /** For each delay: from which loss on, and for which deadline, UDP delivers more in time. */
  private static List<Verdict> ofSweep(List<Measured> links) {
    Map<Duration, List<Measured>> byDelay = new TreeMap<>();
    for (Measured link : links) {
      byDelay.computeIfAbsent(link.link().up().delay().mean(), _ -> new ArrayList<>()).add(link);
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (List<Measured> sameDelay : byDelay.values()) {
      if (sameDelay.size() > 2) {
        sameDelay.sort(Comparator.comparingDouble(link -> link.link().up().loss().share()));
        verdicts.add(ofDelay(sameDelay));
      }
    }
    return verdicts;
  }

  private static Verdict ofDelay(List<Measured> byLoss) {
    List<String> parts = new ArrayList<>();
    Measured shown = byLoss.getLast();
    int at = 0;
    for (int i = 0; i < shown.inTime(Manner.TCP).size(); i++) {
      Optional<Measured> from = firstAhead(byLoss, i);
      if (from.isPresent()) {
        if (parts.isEmpty()) {
          shown = from.get();
          at = i;
        }
        parts.add(
            "%s from %s loss on"
                .formatted(
                    shown.deadline(i), Percentages.format(from.get().link().up().loss().share())));
      }
    }
    String delay = Durations.format(byLoss.getFirst().link().up().delay().mean());
    String text =
        "With a delay of "
            + delay
            + " each way, UDP delivers more in time than TCP for "
            + (parts.isEmpty()
                ? "none of the deadlines"
                : "a deadline of " + String.join(", of ", parts));
    return verdict(shown, at, text);
  }

  /** The least loss from which on UDP is ahead at every loss that was measured. */
  private static Optional<Measured> firstAhead(List<Measured> byLoss, int deadline) {
    Optional<Measured> first = Optional.empty();
    for (int i = byLoss.size() - 1; i >= 0; i--) {
      if (byLoss.get(i).advantage(deadline) < LEAST_SHARE) {
        return first;
      }
      first = Optional.of(byLoss.get(i));
    }
    return first;
  }

  private static Verdict verdict(Measured link, int deadline, String text) {
    double tcp = link.share(Manner.TCP, deadline);
    double ratio = tcp == 0 ? 1 : link.share(Manner.UDP, deadline) / tcp;
    String claim =
        "udp in %s / tcp in %s, %s%s"
            .formatted(
                link.deadline(deadline),
                link.deadline(deadline),
                LinkMeasurement.SCENARIO,
                link.link());
    String honest = link.overRelay() ? text + " (through a relay, which loses no segment)" : text;
    return new Verdict(claim, ratio, null, null, CONFIDENCE, 1, honest);
  }
}
