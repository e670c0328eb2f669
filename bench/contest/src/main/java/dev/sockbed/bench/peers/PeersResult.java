package dev.sockbed.bench.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sockbed.bench.stats.Comparison;
import dev.sockbed.bench.stats.Goal;
import dev.sockbed.common.Transport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;

/** What the trials of all contestants found, and what follows from it. */
public final class PeersResult {

  /** The size of messages that the goals are about. */
  private static final int GOALS_PAYLOAD = 128;

  private static final double SPIN_GAIN = 5;
  private static final double UDP_BATCH_GAIN = 20;
  private static final double TCP_BATCH_GAIN = 30;
  private static final double OF_NETTYS_ROUND_TRIP = 0.9;
  private static final double OF_NETTYS_THROUGHPUT = 1;
  private static final double OF_CHANNELS_ROUND_TRIP = 1.02;

  private final Map<Setting, Map<Contestant, List<Trial>>> trials = new LinkedHashMap<>();

  /** Nothing found yet. */
  PeersResult() {}

  void add(Setting setting, Contestant contestant, Trial trial) {
    trials
        .computeIfAbsent(setting, _ -> new EnumMap<>(Contestant.class))
        .computeIfAbsent(contestant, _ -> new ArrayList<>())
        .add(trial);
  }

  private double[] values(Setting setting, Contestant who, ToDoubleFunction<Trial> value) {
    Map<Contestant, List<Trial>> contestants = Objects.requireNonNull(trials.get(setting));
    return Objects.requireNonNull(contestants.get(who)).stream().mapToDouble(value).toArray();
  }

  /** The first's median round divided by the second's. */
  private Comparison p50(Setting setting, Contestant who, Setting other, Contestant whom) {
    return Comparison.paired(
        values(setting, who, Trial::p50Nanos), values(other, whom, Trial::p50Nanos));
  }

  /** The first's messages a second divided by the second's. */
  private Comparison rate(Setting setting, Contestant who, Setting other, Contestant whom) {
    return Comparison.paired(
        values(setting, who, trial -> setting.messages() / trial.meanNanos()),
        values(other, whom, trial -> other.messages() / trial.meanNanos()));
  }

  /** What is to be reached, as far as it was measured: messages of 128 bytes. */
  public List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      String name = transport.scheme();
      Setting trip = Setting.blocking(transport, GOALS_PAYLOAD, 1, 1);
      if (!trials.containsKey(trip)) {
        continue;
      }
      Contestant ours = Contestant.SOCKBED;
      Contestant netty = Contestant.NETTY;
      Setting spinning = Setting.spinning(transport, GOALS_PAYLOAD, 1);
      goals.add(
          Goal.atLeast(
              SPIN_GAIN,
              name + " round trip p50 on two processors, blocking / spinning",
              p50(trip.apart(), ours, spinning, ours)));
      Setting large = trip.withWindow(Setting.large(transport));
      goals.add(
          Goal.atLeast(
              transport == Transport.UDP ? UDP_BATCH_GAIN : TCP_BATCH_GAIN,
              "%s messages/s with a window of %d, batched / plain".formatted(name, large.window()),
              rate(large.batched(), ours, large, ours)));
      goals.add(
          Goal.atMost(
              OF_NETTYS_ROUND_TRIP,
              name + " round trip p50, ours / Netty's",
              p50(trip, ours, trip, netty)));
      for (Setting setting : trials.keySet()) {
        boolean throughput = setting.connections() > 1 || setting.window() == Setting.SOME;
        if (throughput
            && setting.equals(
                Setting.blocking(
                    transport, GOALS_PAYLOAD, setting.connections(), setting.window()))) {
          // Netty has one thread for all connections, and over TCP that is ours, too, if asked for.
          Contestant looping = Contestant.SOCKBED_LOOP;
          boolean loops = setting.connections() > 1 && looping.supports(setting);
          goals.add(
              Goal.atLeast(
                  OF_NETTYS_THROUGHPUT,
                  "%s messages/s, %d x %d, ours%s / Netty's"
                      .formatted(
                          name,
                          setting.connections(),
                          setting.window(),
                          loops ? " by an event loop" : ""),
                  rate(setting, loops ? looping : ours, setting, netty)));
        }
      }
      goals.add(
          Goal.atMost(
              OF_CHANNELS_ROUND_TRIP,
              name + " round trip p50, ours / bare channels'",
              p50(trip, ours, trip, Contestant.CHANNELS)));
    }
    return goals;
  }

  /**
   * One contestant in one setting.
   *
   * @param cpus processors of both ends together
   * @param roundP50Ns the median round of each trial
   * @param messagesPerSecond of each trial
   */
  public record Cell(
      String transport,
      int sizeBytes,
      @JsonProperty("wait") String waiting,
      String io,
      int connections,
      int window,
      int cpus,
      String who,
      List<Long> roundP50Ns,
      List<Double> messagesPerSecond) {}

  /** All trials, for programs. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    trials.forEach((setting, contestants) ->
        contestants.forEach((contestant, all) ->
            cells.add(
                new Cell(
                    setting.transport().scheme(),
                    setting.payload(),
                    setting.waiting().toString(),
                    setting.io().label(),
                    setting.connections(),
                    setting.window(),
                    setting.placement().processors(),
                    contestant.label(),
                    all.stream().map(trial -> Math.round(trial.p50Nanos())).toList(),
                    all.stream()
                        .map(trial -> setting.messages() * 1e9 / trial.meanNanos())
                        .toList()))));
    return cells;
  }

  /** The table, a contestant in a setting a line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String row =
        "| %-9s | %5s | %-5s | %-7s | %4s | %5s | %6s | %-12s | %9s | %11s | %-21s | %-21s |%n";
    text.append(
        row.formatted(
            "transport",
            "bytes",
            "wait",
            "io",
            "cpus",
            "conns",
            "window",
            "who",
            "p50 µs",
            "messages/s",
            "p50, ours / its",
            "messages/s, ours / its"));
    text.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    trials.forEach((setting, contestants) ->
        contestants
            .keySet()
            .forEach(who -> {
              double p50 =
                  Median.withDefaults().evaluate(values(setting, who, Trial::p50Nanos)) / 1e3;
              double mean = Median.withDefaults().evaluate(values(setting, who, Trial::meanNanos));
              boolean ours = who == Contestant.SOCKBED;
              text.append(
                  row.formatted(
                      setting.transport().scheme(),
                      setting.payload(),
                      setting.waiting(),
                      setting.io().label(),
                      setting.placement().processors(),
                      setting.connections(),
                      setting.window(),
                      who.label(),
                      String.format(Locale.ROOT, "%.2f", p50),
                      String.format(Locale.ROOT, "%,.0f", setting.messages() * 1e9 / mean),
                      ours ? "" : p50(setting, Contestant.SOCKBED, setting, who).text(),
                      ours ? "" : rate(setting, Contestant.SOCKBED, setting, who).text()));
            }));
    return text.toString();
  }
}
