package dev.sockbed.bench.result;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** What is read of a machine is numbers. */
@Tag("unit")
class EnvironmentTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"NaN\"", "\"-INF\"", "\"Infinity\"", "-0.1", "1.1", "1e999"})
  void aShareThatIsNoNumberFromNoneToAllIsRefused(String share) {
    String json = "{\"watchedNs\": 1, \"longestPauseNs\": 1, \"lostShare\": " + share + "}";

    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> ResultsJson.MAPPER.readValue(json, Environment.Noise.class));
  }
}
