package dev.sockbed.bench.report;

import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.stats.Trials;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that was measured of one scenario.
 *
 * @param name as cells name it
 * @param points sorted along the axes, TCP before UDP
 */
record Scenario(String name, List<Trials> points) {
  /** What splits and merges are counted in; it has a table of its own. */
  static final String RECEIVE_LIMIT = "receive-limit";

  /** Round trips on bare channels, which the others are seen against. */
  static final String FLOOR = "floor";

  /** One run of the load generator, which is told in full. */
  static final String LOAD = "load";

  private static final String LINK = "link ";
  private static final String TRANSFER = "transfer ";

  /** Known scenarios in the order in which they are shown, with a title and what was done. */
  private static final Map<String, String[]> KNOWN = known();

  private static Map<String, String[]> known() {
    Map<String, String[]> known = new LinkedHashMap<>();
    known.put(LOAD, new String[] {"Load", "One run of the load generator."});
    known.put(
        "setup",
        new String[] {
          "Connection set-up",
          "From opening a socket to the first echo: TCP has to connect first, UDP does not."
        });
    known.put(
        "rtt", new String[] {"Round trip", "One message at a time, from its send to its echo."});
    known.put(
        FLOOR,
        new String[] {
          "Bare sockets",
          "The same round trip on the JDK's channels with nothing around them: the least that it"
              + " takes here."
        });
    known.put(
        "throughput",
        new String[] {"Throughput", "As many messages in flight as the window allows."});
    known.put(
        "offered-load",
        new String[] {
          "Latency under load",
          "Messages sent on a schedule; times count from the moment the schedule meant,"
              + " so a stall shows on every message it delayed."
        });
    known.put(
        RECEIVE_LIMIT,
        new String[] {
          "The receive limit",
          "Messages around and above the most that one receive gives: TCP splits and merges"
              + " them, UDP cuts them."
        });
    known.put(
        "connections",
        new String[] {"Many connections", "The same exchange on many sockets at once."});
    return known;
  }

  /** The scenarios of results, known ones first and in their order. */
  static List<Scenario> of(Results results) {
    List<String> order = List.copyOf(KNOWN.keySet());
    Map<String, List<Trials>> byName =
        Trials.of(results.cells()).stream()
            .collect(Collectors.groupingBy(trials -> trials.point().scenario()));
    return byName.entrySet().stream()
        .map(entry ->
            new Scenario(
                entry.getKey(),
                entry.getValue().stream()
                    .sorted(Comparator.comparing(Trials::point, Axis.order()))
                    .toList()))
        .sorted(
            Comparator.comparingInt((Scenario scenario) ->
                    order.contains(scenario.name()) ? order.indexOf(scenario.name()) : order.size())
                .thenComparing(Scenario::name))
        .toList();
  }

  /** Whether it is one over an emulated link, which the name tells behind this word. */
  boolean overLink() {
    return name.startsWith(LINK);
  }

  /** Whether files were transferred: the name goes on with the direction and the link. */
  boolean isTransfer() {
    return name.startsWith(TRANSFER);
  }

  /** The emulated link in words, of a scenario over one. */
  String link() {
    return name.substring(LINK.length());
  }

  /** The heading. */
  String title() {
    if (overLink()) {
      return "Over a bad network: " + link();
    }
    if (isTransfer()) {
      String[] words = name.split(" ", 3);
      String way = words[1].equals("up") ? "to the server" : "from the server";
      return "Files %s: %s".formatted(way, words[2]);
    }
    return KNOWN.containsKey(name) ? KNOWN.get(name)[0] : name;
  }

  /** What was done, in a sentence, or nothing for a scenario that this build does not know. */
  String explanation() {
    if (overLink()) {
      return "Messages on a schedule over an emulated link: TCP sends again what is lost and keeps"
          + " the order, UDP does neither, and UDP with resends only the first.";
    }
    if (isTransfer()) {
      return "One file at a time, from connecting to its last byte.";
    }
    return KNOWN.containsKey(name) ? KNOWN.get(name)[1] : "";
  }

  /** What all points share, in words, and how many trials there were. */
  String conditions() {
    long most = points.stream().mapToLong(trials -> trials.cells().size()).max().orElse(0);
    String sizes = sizesInTurn();
    String shared =
        sizes.isEmpty()
            ? Axis.shared(conditionsOfEach())
            : sizes + ", " + Axis.shared(conditionsOfEach(), Axis.SIZE);
    long least = points.stream().mapToLong(trials -> trials.cells().size()).min().orElse(0);
    String from = least == most ? "" : Numbers.count(least) + " to ";
    return shared + ", " + from + Numbers.counted(most, "trial", "trials");
  }

  /** The sizes of messages that are not all alike, which a point knows only the largest of. */
  private String sizesInTurn() {
    return points.size() == 1
            && points.getFirst().cells().getFirst().detail() instanceof LoadDetail detail
            && detail.sizesBytes().size() > 1
        ? Axis.bytesInTurn(detail.sizesBytes())
        : "";
  }

  /** The axes on which the points differ. */
  List<Axis> axes() {
    return Axis.varying(conditionsOfEach());
  }

  private List<Point> conditionsOfEach() {
    return points.stream().map(Trials::point).toList();
  }
}
