package dev.sockbed.bench.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.load.TcpTestPeer;
import dev.sockbed.bench.load.TestPeer;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.common.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several trials of the same load, for {@code diff}. */
@Tag("process")
class LoadTrialsTest extends LoadCommandFixture {
  @TempDir private Path folder;

  @Test
  void eachTrialIsACellWithACellOfBareSocketsOverEitherTransport() throws Exception {
    Results results = ResultsFile.read(measured("load.json", 3));

    assertThat(results.config().path("trials").asInt()).isEqualTo(3);
    assertThat(results.cells())
        .filteredOn(cell -> cell.scenario().equals("load"))
        .extracting(Cell::trial)
        .containsExactly(1, 2, 3);
    for (String transport : List.of("tcp", "udp")) {
      assertThat(results.cells())
          .filteredOn(cell -> cell.scenario().equals("floor") && cell.transport().equals(transport))
          .extracting(Cell::trial)
          .containsExactly(1, 2, 3);
    }
  }

  @Test
  void theFloorIsServedByAProcessOfItsOwnAndOnlyWhereMeasurementsAreKept() throws Exception {
    try (TestPeer peer = TestPeer.echo(Transport.UDP)) {
      Watched tableAlone = watched(peer.address().toString(), "--count=300", "--window=4");
      assertThat(tableAlone).isEqualTo(new Watched(0, false));

      Path file = folder.resolve("kept.json");
      Watched kept = watched(peer.address().toString(), "--count=300", "--json=" + file);
      assertThat(kept).isEqualTo(new Watched(0, true));
    }
  }

  @Test
  void twoFilesOfOneTrialAreNoSuccessAndTwoOfSixCanBeSetAgainstEachOther() throws Exception {
    Path one = measured("one.json", 1);
    assertThat(run("diff", one.toString(), one.toString(), "--strict")).isEqualTo(5);
    assertThat(out.toString()).contains("can't tell", "too few trials");

    Path six = measured("six.json", 6);
    out.getBuffer().setLength(0);
    assertThat(run("diff", six.toString(), six.toString())).isZero();
    assertThat(out.toString()).doesNotContain("too few trials");
  }

  /** The room that a thousand such runs take, 33 GB, would not be there. */
  @Test
  void aTrialTakesItsRoomOnlyWhenItBegins() {
    try (TestPeer peer = TcpTestPeer.start(TcpTestPeer.answering(200))) {
      int status =
          load(
              peer.address().toString(),
              "--rate=100000/s",
              "--count=1000",
              "--warmup=0s",
              "--deadline=2s",
              "--trials=1000");

      assertThat(status).as(err.toString()).isEqualTo(3);
      assertThat(err.toString()).contains("was gone at the end of the run");
    }
  }

  @Test
  void moreTrialsThanCanBeMeantAreRefused() {
    assertThat(load("udp://127.0.0.1:10000", "--trials=1001")).isEqualTo(2);
    assertThat(err.toString()).contains("--trials must be at most 1000, not 1001");
  }

  /** How a load ended, and whether this process had one of its own meanwhile. */
  private record Watched(int status, boolean child) {}

  /** Children that were there before are another class's, such as a browser. */
  private Watched watched(String... arguments) throws Exception {
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
    FutureTask<Integer> load = new FutureTask<>(() -> load(arguments));
    Thread.ofPlatform().start(load);
    boolean child = false;
    while (true) {
      child |= ProcessHandle.current().children().anyMatch(one -> !before.contains(one));
      try {
        return new Watched(load.get(20, TimeUnit.MILLISECONDS), child);
      } catch (TimeoutException running) {
        assertThat(load.isDone()).isFalse();
      }
    }
  }

  private Path measured(String name, int trials) {
    Path file = folder.resolve(name);
    try (TestPeer peer = TestPeer.echo(Transport.UDP)) {
      int status =
          load(
              peer.address().toString(),
              "--window=4",
              "--count=400",
              "--warmup=20ms",
              "--trials=" + trials,
              "--json=" + file);
      assertThat(status).as(err.toString()).isZero();
    }
    return file;
  }
}
