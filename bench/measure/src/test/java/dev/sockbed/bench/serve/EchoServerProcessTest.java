package dev.sockbed.bench.serve;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class EchoServerProcessTest {
  @Test
  void serversThatDoNotListenInTimeAreToldWithTheTimeTheyHad() {
    assertThatExceptionOfType(SocketFailure.class)
        .isThrownBy(() -> EchoServerProcess.startBare(List.of(), Duration.ofMillis(1)))
        .withMessage(
            "start the echo servers, which did not listen within 1 ms: timed out (ETIMEDOUT)");
  }
}
