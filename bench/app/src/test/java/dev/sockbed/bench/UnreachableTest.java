package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.testing.Peer;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the commands say where no network leads to: each runs in an empty network namespace, which
 * has no route at all.
 */
@Tag("process")
final class UnreachableTest {
  private static final String[] WITHOUT_NETWORK = {"unshare", "--map-root-user", "--net"};

  @BeforeAll
  static void anEmptyNamespaceCanBeMade() {
    try (Peer trial = Peer.start(commandOf("true"))) {
      boolean allowed = trial.awaitExit() == 0;
      if (!"true".equals(System.getenv("CI"))) {
        Assumptions.assumeTrue(allowed, "network namespaces are not allowed here");
      }
      assertThat(allowed).as(trial.errors()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"talk, TCP", "talk, UDP", "load, TCP", "load, UDP", "compare, TCP"})
  void anAddressWithoutARouteIsSaidToBeUnreachable(String command, Transport transport) {
    String address = transport.name().toLowerCase(Locale.ROOT) + "://192.0.2.1:9";
    try (Peer process = Peer.start(commandOf(SockbedProcess.command(command, address)))) {
      assertThat(process.awaitExit()).isEqualTo(ExitStatus.NETWORK);

      assertThat(process.errors())
          .isEqualToIgnoringNewLines(
              "sockbed %s: connect %s: unreachable: no route to that host (ENETUNREACH)"
                  .formatted(command, address));
    }
  }

  private static String[] commandOf(String... words) {
    return Stream.concat(Stream.of(WITHOUT_NETWORK), Stream.of(words)).toArray(String[]::new);
  }
}
