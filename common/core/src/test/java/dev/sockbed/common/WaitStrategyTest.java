package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class WaitStrategyTest {

  @ParameterizedTest
  @ValueSource(strings = {"block", "spin", "spin:50us", "spin:1ns", "spin:1s"})
  void whatIsReadIsWrittenTheSameWay(String text) {
    assertThat(WaitStrategy.parse(text)).hasToString(text);
  }

  @Test
  void blockingDoesNotSpinAtAll() {
    assertThat(WaitStrategy.parse("block")).isEqualTo(WaitStrategy.BLOCK);
    assertThat(WaitStrategy.BLOCK.blocksAtOnce()).isTrue();
    assertThat(WaitStrategy.BLOCK.spinsForever()).isFalse();
    assertThat(WaitStrategy.BLOCK.spinNanos()).isZero();
  }

  @Test
  void plainSpinningNeverBlocks() {
    assertThat(WaitStrategy.parse("spin")).isEqualTo(WaitStrategy.SPIN);
    assertThat(WaitStrategy.SPIN.blocksAtOnce()).isFalse();
    assertThat(WaitStrategy.SPIN.spinsForever()).isTrue();
    assertThat(WaitStrategy.SPIN.spinNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void spinningForATimeBlocksAfterIt() {
    WaitStrategy strategy = WaitStrategy.parse("spin:50us");
    assertThat(strategy).isEqualTo(new WaitStrategy(Duration.ofNanos(50_000)));
    assertThat(strategy.blocksAtOnce()).isFalse();
    assertThat(strategy.spinsForever()).isFalse();
    assertThat(strategy.spinNanos()).isEqualTo(50_000);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'block, spin, or spin:50us'",
    "BLOCK, 'block, spin, or spin:50us'",
    "' spin', 'block, spin, or spin:50us'",
    "sleep, 'block, spin, or spin:50us'",
    "spin:, not a duration",
    "spin:50, not a duration",
    "spin:-1us, not a duration",
    "spin:0us, write block",
    "spin:1001ms, '1 ns to 1 s, not 1001 ms'",
  })
  void aFaultIsNamed(String text, String fault) {
    assertThatThrownBy(() -> WaitStrategy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void aNegativeSpinIsRefused() {
    assertThatThrownBy(() -> new WaitStrategy(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 ns to 1 s, not -1 ms");
  }
}
