package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.result.ResultsSchema;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that the default profile measures, once each: intervals are the quick run's business. */
@Tag("soak")
final class DefaultProfileProcessTest {
  private static final Duration A_RUN_ON_A_BUSY_MACHINE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void theDefaultProfilesResultsKeepToTheSchema() throws Exception {
    Path json = folder.resolve("result.json");
    try (Peer compare =
        SockbedProcess.start("compare", "--trials", "1", "--json", json.toString())) {
      assertThat(exitOf(compare)).as(compare.errors()).isZero();
    }

    ResultsSchema.assertKept(Files.readString(json));
    Results results = ResultsFile.read(json);
    assertThat(results.config().path("profile").asString()).isEqualTo("default");
    for (String transport : List.of("tcp", "udp")) {
      assertThat(results.cells())
          .filteredOn(cell -> cell.transport().equals(transport))
          .extracting(Cell::scenario, Cell::sizeBytes, Cell::window, Cell::connections)
          .contains(
              tuple("setup", 16, 1, 1),
              tuple("floor", 128, 1, 1),
              tuple("rtt", 1, 1, 1),
              tuple("rtt", 64, 1, 1),
              tuple("throughput", 128, 1_024, 1),
              tuple("offered-load", 128, null, 1),
              tuple("receive-limit", 134, 2, 1),
              tuple("connections", 128, 1, 1_000))
          .extracting(fields -> fields.toList().getFirst())
          .anyMatch(scenario -> String.valueOf(scenario).startsWith("link "));
    }
  }

  private static int exitOf(Peer compare) throws InterruptedException {
    assertThat(compare.process().waitFor(A_RUN_ON_A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS))
        .isTrue();
    return compare.awaitExit();
  }
}
