package dev.sockbed.bench.compare;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Measure;
import dev.sockbed.bench.stats.Question;
import dev.sockbed.bench.stats.Verdicts;
import dev.sockbed.common.Transport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the cells say about UDP against TCP, in sentences: one for each question, not more. All
 * intervals hold together.
 */
final class ComparisonVerdicts {
  private final List<Cell> cells;
  private final List<Question> questions = new ArrayList<>();

  private ComparisonVerdicts(List<Cell> cells) {
    this.cells = cells;
  }

  /** The verdicts on cells of both transports; none if there are cells of one only. */
  static List<Verdict> of(List<Cell> cells) {
    return of(cells, true);
  }

  /**
   * The verdicts on servers that were named. Their round trips are not set against bare sockets,
   * which are both on this machine: that ratio would be the network's and somebody's server's, and
   * be called sockbed's.
   *
   * @param repliesPerSecond so many the UDP server sends this machine at most; where messages were
   *     lost, that limit decided and not the transport. Empty if it has none that shows
   */
  static List<Verdict> ofNamedServers(List<Cell> cells, OptionalDouble repliesPerSecond) {
    return LimitedServer.refused(of(cells, false), cells, repliesPerSecond);
  }

  private static List<Verdict> of(List<Cell> cells, boolean besideBareSockets) {
    ComparisonVerdicts findings = new ComparisonVerdicts(cells);
    findings.setUp();
    findings.roundTrip();
    if (besideBareSockets) {
      findings.floor();
    }
    findings.throughput();
    findings.offeredLoad();
    findings.connections();
    LinkFindings links = LinkFindings.of(cells);
    double confidence =
        Comparison.confidenceOfEach(Verdicts.intervals(findings.questions) + links.intervals());
    List<Verdict> verdicts =
        new ArrayList<>(PlacementFinding.weighed(Verdicts.of(findings.questions, confidence)));
    verdicts.addAll(links.verdicts(confidence));
    return verdicts;
  }

  private void setUp() {
    add(
        ComparisonScenario.SETUP,
        _ -> true,
        Measure.P50,
        "setup p50",
        "median time to a first echo");
  }

  private void roundTrip() {
    int size = greatest(ComparisonScenario.RTT, Cell::sizeBytes);
    List<@Nullable String> placements = PlacementFinding.placements(of(ComparisonScenario.RTT));
    for (int i = 0; i < placements.size(); i++) {
      roundTrip(size, placements.get(i), placements.size() > 1, i == 0);
    }
    PlacementFinding.question(of(ComparisonScenario.RTT), size).ifPresent(questions::add);
  }

  /** The first placement gets the plain claim and the tail; the others say where they were. */
  private void roundTrip(int size, @Nullable String placement, boolean several, boolean first) {
    String where = several ? ", " + Cell.placementInWords(placement) + "," : "";
    String subject = "round trip of " + size + (size == 1 ? " byte" : " bytes") + where;
    Predicate<Cell> here =
        cell -> cell.sizeBytes() == size && Objects.equals(cell.placement(), placement);
    String mark = first ? "" : " " + placement;
    add(ComparisonScenario.RTT, here, Measure.P50, "rtt p50" + mark, "median " + subject);
    if (first) {
      add(ComparisonScenario.RTT, here, Measure.P99, "rtt p99", "99th percentile " + subject);
    }
  }

  /** What sockbed itself costs, where a round trip is shortest and so shows it best. */
  private void floor() {
    List<Cell> bare = of(ComparisonScenario.FLOOR);
    List<@Nullable String> placements = PlacementFinding.placements(bare);
    if (placements.isEmpty()) {
      return;
    }
    String placement = placements.getLast();
    int size = greatest(ComparisonScenario.FLOOR, Cell::sizeBytes);
    Predicate<Cell> here =
        cell -> cell.sizeBytes() == size && Objects.equals(cell.placement(), placement);
    for (Transport transport : Transport.values()) {
      String name = transport.scheme();
      ask(
          new Question(
              name + " rtt p50 / bare " + name + " p50",
              "sockbed's median round trip over " + name.toUpperCase(Locale.ROOT),
              "that of bare sockets",
              "with sockbed",
              "on bare sockets",
              Measure.P50,
              of(ComparisonScenario.RTT, transport, here),
              of(ComparisonScenario.FLOOR, transport, here)));
    }
  }

  private void throughput() {
    int window = greatest(ComparisonScenario.THROUGHPUT, ComparisonVerdicts::window);
    add(
        ComparisonScenario.THROUGHPUT,
        cell -> window(cell) == window,
        Measure.MESSAGES_PER_SECOND,
        "throughput",
        "throughput with " + Numbers.counted(window, "message", "messages") + " in flight");
  }

  /**
   * At the highest rate that both transports achieved, or else at the lowest that was asked for.
   */
  private void offeredLoad() {
    List<Double> rates =
        of(ComparisonScenario.OFFERED_LOAD).stream()
            .map(Cell::ratePerSecond)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    if (rates.isEmpty()) {
      return;
    }
    double rate =
        rates.stream()
            .filter(this::achieved)
            .max(Comparator.naturalOrder())
            .orElse(rates.getFirst());
    String beyond = achieved(rate) ? "" : ", which was not achieved over both,";
    add(
        ComparisonScenario.OFFERED_LOAD,
        at(rate),
        Measure.P50,
        "response p50 at " + String.format(Locale.ROOT, "%.0f/s", rate),
        String.format(Locale.ROOT, "median response at %,.0f messages a second%s", rate, beyond));
  }

  /** Whether each transport achieved a rate in more than half of its trials. */
  private boolean achieved(double rate) {
    return List.of(Transport.values()).stream()
        .allMatch(transport -> {
          List<Cell> trials = of(ComparisonScenario.OFFERED_LOAD, transport, at(rate));
          long achieved = trials.stream().filter(ComparisonVerdicts::achieved).count();
          return 2 * achieved > trials.size();
        });
  }

  private static boolean achieved(Cell cell) {
    return cell.detail() instanceof LoadDetail detail && Boolean.TRUE.equals(detail.rateReached());
  }

  private static Predicate<Cell> at(double rate) {
    return cell -> cell.ratePerSecond() != null && cell.ratePerSecond() == rate;
  }

  /** At the greatest number that was measured often enough for an interval. */
  private void connections() {
    Map<Integer, Long> trials =
        of(ComparisonScenario.CONNECTIONS, Transport.UDP, _ -> true).stream()
            .collect(Collectors.groupingBy(Cell::connections, Collectors.counting()));
    int count =
        trials.entrySet().stream()
            .filter(entry -> entry.getValue() >= Comparison.FEWEST)
            .map(Map.Entry::getKey)
            .max(Comparator.naturalOrder())
            .orElse(greatest(ComparisonScenario.CONNECTIONS, Cell::connections));
    add(
        ComparisonScenario.CONNECTIONS,
        cell -> cell.connections() == count,
        Measure.MESSAGES_PER_SECOND,
        "connections " + count,
        "throughput over " + Numbers.counted(count, "connection", "connections"));
  }

  private void add(
      ComparisonScenario scenario,
      Predicate<Cell> which,
      Measure measure,
      String claim,
      String subject) {
    ask(
        new Question(
            "udp " + claim + " / tcp " + claim,
            "UDP's " + subject,
            "TCP's",
            "over UDP",
            "over TCP",
            measure,
            of(scenario, Transport.UDP, which),
            of(scenario, Transport.TCP, which)));
  }

  /** What is missing on one side is told, unless that side was not to be measured at all. */
  private void ask(Question question) {
    boolean both = !question.numerator().isEmpty() && !question.denominator().isEmpty();
    boolean one = !question.numerator().isEmpty() || !question.denominator().isEmpty();
    if (both || (one && measured(Transport.TCP) && measured(Transport.UDP))) {
      questions.add(question);
    }
  }

  private boolean measured(Transport transport) {
    return cells.stream().anyMatch(cell -> cell.variant().equals(transport.scheme()));
  }

  private List<Cell> of(ComparisonScenario scenario) {
    return cells.stream().filter(cell -> cell.scenario().equals(scenario.label())).toList();
  }

  private List<Cell> of(ComparisonScenario scenario, Transport transport, Predicate<Cell> which) {
    return of(scenario).stream()
        .filter(cell -> cell.variant().equals(transport.scheme()))
        .filter(which)
        .toList();
  }

  private int greatest(ComparisonScenario scenario, ToIntFunction<Cell> what) {
    return of(scenario).stream().mapToInt(what).max().orElse(0);
  }

  private static int window(Cell cell) {
    Integer window = cell.window();
    return window == null ? 0 : window;
  }
}
