package dev.sockbed.bench.compare;

import dev.sockbed.bench.load.ReplyLimit;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Verdict;
import dev.sockbed.common.Transport;
import java.util.List;
import java.util.OptionalDouble;

/** What can't be said of UDP if the server limits its replies. */
final class LimitedServer {
  private static final String UDP_AGAINST_TCP = "udp ";

  /** Claims about one message at a time, and how the claim goes on, by the scenario's name. */
  private static final List<Claimed> CLAIMS =
      List.of(
          new Claimed("rtt", ComparisonScenario.RTT),
          new Claimed("setup", ComparisonScenario.SETUP),
          new Claimed("throughput", ComparisonScenario.THROUGHPUT),
          new Claimed("response", ComparisonScenario.OFFERED_LOAD),
          new Claimed("connections", ComparisonScenario.CONNECTIONS));

  private record Claimed(String word, ComparisonScenario scenario) {}

  private LimitedServer() {}

  /**
   * Takes back what a limit decided: verdicts on scenarios in which UDP messages did not come back.
   *
   * @param perSecond the limit, or empty for verdicts as they are
   */
  static List<Verdict> refused(List<Verdict> verdicts, List<Cell> cells, OptionalDouble perSecond) {
    return perSecond.isEmpty()
        ? verdicts
        : verdicts.stream()
            .map(verdict ->
                isDecided(verdict, cells) ? refusal(verdict, perSecond.getAsDouble()) : verdict)
            .toList();
  }

  private static boolean isDecided(Verdict verdict, List<Cell> cells) {
    return CLAIMS.stream()
        .filter(claimed -> verdict.claim().startsWith(UDP_AGAINST_TCP + claimed.word()))
        .anyMatch(claimed ->
            cells.stream()
                .filter(cell -> cell.scenario().equals(claimed.scenario().label()))
                .filter(cell -> cell.variant().equals(Transport.UDP.scheme()))
                .anyMatch(cell -> cell.outcomes().ok() < cell.expected()));
  }

  private static Verdict refusal(Verdict verdict, double perSecond) {
    String claim = verdict.claim().split(" / ", 2)[0];
    return new Verdict(
        verdict.claim(),
        null,
        null,
        null,
        verdict.confidence(),
        0,
        verdict.trials(),
        claim + " against TCP's: no verdict; " + ReplyLimit.inWords("the server", perSecond));
  }
}
