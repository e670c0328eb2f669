package dev.sockbed.bench.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.load.TestPeer;
import dev.sockbed.bench.load.UdpTestPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers in turns: which is slower, and which loses more. */
@Tag("socket")
class LoadAgainstTest extends LoadCommandFixture {
  private static final UdpTestPeer.Rule AT_ONCE =
      (number, datagram, reply) -> reply.accept(datagram);

  /** Far slower than any machine that runs tests. */
  private static final UdpTestPeer.Rule SLOWLY =
      (number, datagram, reply) -> {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        reply.accept(datagram);
      };

  private static final UdpTestPeer.Rule WITH_LOSS =
      (number, datagram, reply) -> {
        if (number % 10 != 9) {
          reply.accept(datagram);
        }
      };

  @TempDir private Path folder;

  @Test
  void theSlowerOfTwoServersIsNamedWithItsRatio() throws IOException {
    Path json = folder.resolve("diff.json");

    int status = against(AT_ONCE, SLOWLY, "--tolerance=100%", "--json=" + json);

    assertThat(err.toString()).isEmpty();
    assertThat(status).isEqualTo(1);
    assertThat(out.toString())
        .matches("(?s)a is udp://127\\.0\\.0\\.1:\\d+, b is udp://127\\.0\\.0\\.1:\\d+\n.*")
        .containsPattern("slower +\\d+\\.\\d{3} +\\d+\\.\\d{3} to \\d+\\.\\d{3} +udp load p50\n")
        .contains("8 turns of both: times and rates are compared within each turn")
        .containsPattern("\nslower by more than 100 % in 1 of 2 comparisons, worst: udp load p50");
    assertThat(Files.readString(json))
        .contains("\"schema\": \"sockbed/diff/1\"", "\"paired\": true", "\"runsOfA\": 8");
  }

  @Test
  void theFasterOneIsNoAlarmNorIsTheSame() {
    assertThat(against(SLOWLY, AT_ONCE, "--tolerance=100%")).isZero();
    assertThat(out.toString()).containsPattern("faster +0\\.\\d{3} .* udp load p50\n");
    assertThat(against(SLOWLY, SLOWLY, "--tolerance=100%")).isZero();
  }

  @Test
  void theOneThatLosesMoreIsNamed() {
    int status = against(AT_ONCE, WITH_LOSS, "--window=30", "--deadline=200ms");

    assertThat(status).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("fewer ok +-1\\d\\.\\d\\d % +-\\d.* udp load share ok\n");
  }

  @Test
  void aServerThatIsNotThereIsOneLine() {
    try (TestPeer peer = UdpTestPeer.start(AT_ONCE)) {
      String address = peer.address().toString();

      assertThat(load(address, "--against=udp://127.0.0.1:1")).isEqualTo(3);
      assertThat(err.toString()).hasLineCount(1).contains("udp://127.0.0.1:1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--against=tcp://127.0.0.1:1 | of two transports, which compare sets",
        "--against=udp://127.0.0.1:1 --trials=5 | --against takes at least 6 turns, not --trials 5",
        "--against=udp://127.0.0.1:1 --out=results | --out does not go with --against",
        "--against=udp://127.0.0.1:1 --max-p99=1ms | --max-p99 does not go with --against",
        "--tolerance=3% | --tolerance goes with --against"
      })
  void whatSaysNothingOfTwoServersIsRefused(String flags, String told) {
    String[] arguments =
        Stream.concat(Stream.of("udp://127.0.0.1:1"), Stream.of(flags.split(" ", -1)))
            .toArray(String[]::new);

    assertThat(load(arguments)).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains(told);
  }

  private int against(UdpTestPeer.Rule first, UdpTestPeer.Rule second, String... flags) {
    try (TestPeer one = UdpTestPeer.start(first);
        TestPeer other = UdpTestPeer.start(second)) {
      String[] arguments =
          Stream.concat(
                  Stream.of(
                      one.address().toString(),
                      "--against=" + other.address(),
                      "--trials=8",
                      "--count=30",
                      "--warmup=0s"),
                  Stream.of(flags))
              .toArray(String[]::new);
      return load(arguments);
    }
  }
}
