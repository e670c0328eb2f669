package dev.sockbed.bench.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisabledOnOs(OS.WINDOWS)
class TargetPipeTest {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 40, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aResultsFileThatIsAPipeWhichNobodyReadsIsGivenUp() {
    Path pipe = folder.resolve("pipe");
    try (Peer mkfifo = Peer.start("mkfifo", pipe.toString())) {
      assertThat(mkfifo.awaitExit()).isZero();
    }
    TargetFile target = TargetFile.check("--json", pipe);

    assertThatIOException()
        .isThrownBy(() -> target.stream(Duration.ofMillis(100)))
        .withMessage("it is a pipe that nobody reads");
  }
}
