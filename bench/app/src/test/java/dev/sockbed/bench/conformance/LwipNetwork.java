package dev.sockbed.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Checkout;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs on an embedded stack, lwIP 2.1.3 as Debian builds it. It runs at one end of a TAP device
 * in a network namespace of its own, and whoever talks to it at the other.
 */
final class LwipNetwork {
  static final Path PORTS = Checkout.path("docs/ports/lwip-c");

  /** Packets of at most 576 bytes: this build's buffers hold frames of 592. */
  private static final String SET_UP =
      """
      set -e
      ip link set lo up
      ip tuntap add tap0 mode tap
      ip addr add 192.168.7.1/24 dev tap0
      ip link set tap0 mtu 576 up
      export PRECONFIGURED_TAPIF=tap0
      """;

  private LwipNetwork() {}

  /** Skips the test where something that it needs is not installed; in CI, fails it. */
  static void require() {
    for (String program : List.of("gcc", "pkg-config", "unshare", "ip", "python3")) {
      Peer.require(program);
    }
    Peer.requireLibrary("lwip");
  }

  /** Compiles a program with the stack; warnings are errors. */
  static void compile(Path source, Path program) {
    String command =
        "gcc -std=gnu11 -Wall -Wextra -Werror -O2 -I%s -o %s %s %s $(pkg-config --cflags --libs lwip)"
            .formatted(PORTS, program, source, PORTS.resolve("stack.c"));
    try (Peer gcc = Peer.start("sh", "-c", command)) {
      assertThat(gcc.awaitExit()).as(gcc.errors()).isZero();
    }
  }

  /** Starts a shell script in a network of its own: it is at 192.168.7.1, the stack at .2. */
  static Peer start(String script, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c"));
    command.addAll(List.of(SET_UP + script, "sh"));
    command.addAll(arguments);
    return Peer.start(command.toArray(String[]::new));
  }
}
