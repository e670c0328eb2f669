package dev.sockbed.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.stats.Goal;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PeersResultTest {
  private static final int TRIALS = 6;

  /** Everybody needs 20 µs a round, but for what the settings and names below say. */
  private static PeersResult result(int trials) {
    PeersResult result = new PeersResult();
    for (Transport transport : Transport.values()) {
      for (Setting setting : Setting.matrix(transport, 128)) {
        for (Contestant who : Contestant.values()) {
          for (int i = 0; i < trials && who.supports(setting); i++) {
            result.add(setting, who, trial(setting, who));
          }
        }
      }
    }
    return result;
  }

  private static Trial trial(Setting setting, Contestant who) {
    double p50 = who == Contestant.NETTY ? 40_000 : 20_000;
    if (setting.placement() == Placement.APART && setting.waiting().blocksAtOnce()) {
      p50 *= 6;
    }
    double mean = setting.io() == IoMode.PLAIN ? 25 * p50 : p50;
    return new Trial(p50, mean);
  }

  @Test
  void theMatrixHasEachWaitIoAndNumberOfConnectionsWithEachOther() {
    for (Transport transport : Transport.values()) {
      List<Setting> settings = Setting.matrix(transport, 16);
      assertThat(settings)
          .doesNotHaveDuplicates()
          .allMatch(setting -> setting.transport() == transport && setting.payload() == 16);
      for (IoMode io : List.of(IoMode.PLAIN, IoMode.BATCHED)) {
        for (boolean blocks : new boolean[] {true, false}) {
          assertThat(settings)
              .anyMatch(one -> one.io() == io && one.waiting().blocksAtOnce() == blocks);
        }
        for (int connections : new int[] {1, 16}) {
          assertThat(settings).anyMatch(one -> one.io() == io && one.connections() == connections);
        }
      }
    }
  }

  @Test
  void theTableHasALineForEachContestantInEachSetting() {
    PeersResult result = result(TRIALS);
    List<String> lines = result.text().lines().toList();
    assertThat(lines).hasSize(2 + result.cells().size());
    assertThat(lines.getFirst()).contains("p50 µs", "messages/s, ours / its");
    assertThat(lines)
        .filteredOn(line -> line.contains("netty") && line.contains("plain"))
        .isNotEmpty()
        .allMatch(line -> line.contains("| 0.50 (0.50 to 0.50) ") && line.contains("| 2.00 ("));
    assertThat(lines)
        .filteredOn(line -> line.contains("| sockbed  "))
        .isNotEmpty()
        .allMatch(line -> line.matches(".*\\|\\s+\\|\\s+\\|"));
  }

  @Test
  void fewTrialsHaveNoIntervals() {
    assertThat(result(1).text()).contains("| 0.50   ").doesNotContain(" to ");
  }

  @Test
  void theGoalsAreJudgedByTheirOwnNumbers() {
    List<Goal> goals = result(TRIALS).goals();
    for (String transport : Stream.of(Transport.values()).map(Transport::scheme).toList()) {
      assertThat(valueOf(goals, transport + " round trip p50 on two processors")).isEqualTo(6);
      assertThat(valueOf(goals, transport + " messages/s with a window of")).isEqualTo(25);
      assertThat(valueOf(goals, transport + " round trip p50, ours / Netty's")).isEqualTo(0.5);
      assertThat(valueOf(goals, transport + " round trip p50, ours / bare")).isEqualTo(1);
      for (String load : List.of("1 x 64", "16 x 1", "16 x 64")) {
        assertThat(valueOf(goals, transport + " messages/s, " + load)).isEqualTo(2);
      }
    }
    assertThat(goals)
        .filteredOn(goal -> !goal.reached())
        .singleElement()
        .satisfies(goal -> assertThat(goal.claim()).startsWith("tcp messages/s with a window"));
  }

  @Test
  void manyTcpConnectionsAreJudgedByOurEventLoopSinceNettysIsOneToo() {
    PeersResult result = result(TRIALS);
    Setting many = Setting.blocking(Transport.TCP, 128, 16, 1);
    for (int i = 0; i < 10 * TRIALS; i++) {
      result.add(many, Contestant.SOCKBED_LOOP, new Trial(1, 1));
      result.add(many, Contestant.NETTY, new Trial(4, 4));
    }

    assertThat(valueOf(result.goals(), "tcp messages/s, 16 x 1, ours by an event loop"))
        .isEqualTo(4);
    assertThat(valueOf(result.goals(), "udp messages/s, 16 x 1, ours / Netty's")).isEqualTo(2);
  }

  private static double valueOf(List<Goal> goals, String claim) {
    List<Double> values =
        goals.stream().filter(one -> one.claim().startsWith(claim)).map(Goal::value).toList();
    assertThat(values).as(claim).hasSize(1);
    return Math.round(values.getFirst() * 1e6) / 1e6;
  }

  @Test
  void otherSizesOfMessagesHaveNoGoals() {
    PeersResult result = new PeersResult();
    Setting setting = Setting.blocking(Transport.UDP, 16, 1, 1);
    result.add(setting, Contestant.SOCKBED, new Trial(1, 1));
    assertThat(result.goals()).isEmpty();
    assertThat(result.cells())
        .singleElement()
        .satisfies(cell -> {
          assertThat(cell.sizeBytes()).isEqualTo(16);
          assertThat(cell.cpus()).isEqualTo(1);
          assertThat(cell.messagesPerSecond()).containsExactly(1e9);
        });
  }
}
