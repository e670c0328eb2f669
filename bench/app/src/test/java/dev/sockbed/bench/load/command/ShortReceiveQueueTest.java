package dev.sockbed.bench.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.Checkout;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code load} says of a peer whose receive queue holds six segments that it drops some. The peer's
 * TCP is not Linux's: it is a program at the other end of a TUN device in a network of its own.
 */
@Tag("process")
class ShortReceiveQueueTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String PEER =
      Checkout.path("bench/app/src/test/python/short_queue.py").toString();

  private static final String LOAD =
      """
      set -e
      ip link set lo up
      ip tuntap add tun0 mode tun
      ip addr add 192.168.7.1 peer 192.168.7.2 dev tun0
      ip link set tun0 up
      python3 "$2" 6 >"$1" &
      trap 'kill $!' EXIT
      until grep -q listening "$1"; do kill -0 $!; sleep 0.1; done
      shift 2
      "$@"
      """;

  @BeforeAll
  static void require() {
    for (String program : List.of("unshare", "ip", "python3")) {
      Peer.require(program);
    }
  }

  @ParameterizedTest
  @CsvSource({"16, true", "4, false"})
  void droppedSegmentsAreToldWhereMoreAreInFlightThanTheQueueHolds(
      int window, boolean told, @TempDir Path folder) {
    String output = folder.resolve("peer").toString();
    String[] load =
        JavaCommand.of(
            JvmFlags.ALL,
            Sockbed.class,
            "load",
            "tcp://192.168.7.2:10000",
            "--window",
            window,
            "--duration",
            "1s",
            "--warmup",
            "0s",
            "--quiet");
    String[] command =
        Stream.concat(
                Stream.of("unshare", "-rn", "sh", "-c", LOAD, "sh", output, PEER), Stream.of(load))
            .toArray(String[]::new);
    try (Peer run = Peer.start(command)) {
      int status = run.awaitExit(PATIENCE);

      assertThat(status).as(run.output() + run.errors()).isZero();
      String text = run.output().replaceAll("\\s+", " ");
      assertThat(text).contains("all came back whole and in time");
      assertThat(
              text.contains(
                  "the peer, or the way to it, drops segments with %d messages in flight on a connection: "
                      .formatted(window)))
          .as(text)
          .isEqualTo(told);
    }
  }
}
