package dev.sockbed.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(OS.LINUX)
@Tag("socket")
class ContestTest {
  private static final int ROUNDS = 3;
  private static final Placement TOGETHER = Placement.TOGETHER;

  static Stream<Arguments> all() {
    return Stream.of(Transport.values())
        .flatMap(transport ->
            Stream.of(
                new Setting(transport, 128, WaitStrategy.BLOCK, IoMode.PLAIN, 1, 1, TOGETHER),
                new Setting(transport, 16, WaitStrategy.BLOCK, IoMode.PLAIN, 3, 8, TOGETHER),
                new Setting(transport, 16, WaitStrategy.SPIN, IoMode.PLAIN, 1, 2, Placement.APART),
                new Setting(transport, 128, WaitStrategy.BLOCK, IoMode.BATCHED, 2, 64, TOGETHER)))
        .flatMap(setting ->
            Stream.of(Contestant.values())
                .filter(contestant -> contestant.supports(setting))
                .map(contestant -> Arguments.of(contestant, setting)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyContestantGetsAllItsBytesBack(Contestant contestant, Setting setting) throws Exception {
    try (Contest contest = contestant.open(setting)) {
      long all = (long) ROUNDS * setting.messages() * setting.payload();
      RoundTimes times = new RoundTimes();
      assertThat(contest.run(ROUNDS, times)).isEqualTo(all);
      assertThat(contest.run(ROUNDS, times)).isEqualTo(all);
      assertThat(times.count()).isEqualTo(2 * ROUNDS);
      assertThat(times.p50Nanos()).isPositive();
    }
  }
}
