package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short one of {@link ChurnSoakTest}'s runs. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class ChurnTest {
  @ParameterizedTest
  @ValueSource(strings = {"threads", "threads virtual", "loop", "threads batched"})
  void nobodyIsLostAndNothingKept(String how) throws Exception {
    assertThat(new Churn(400, 40).run(how)).isPositive();
  }
}
