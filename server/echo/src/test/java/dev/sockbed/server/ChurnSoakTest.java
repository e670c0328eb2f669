package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that come and go by the ten thousand. */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
class ChurnSoakTest {
  private static final Churn MANY = new Churn(20_000, 50);

  @ParameterizedTest
  @ValueSource(strings = {"threads virtual", "loop", "threads virtual batched"})
  void nobodyIsLostAndNothingKept(String how) throws Exception {
    assertThat(MANY.run(how)).isPositive();
  }

  @Test
  void batchesTakeAtMostHalfAgainTheMemoryOfPlainCalls() throws Exception {
    long plain = MANY.run("threads");
    long batched = MANY.run("threads batched");

    assertThat(batched).as("KiB, plain %d", plain).isLessThanOrEqualTo(plain * 3 / 2);
  }
}
