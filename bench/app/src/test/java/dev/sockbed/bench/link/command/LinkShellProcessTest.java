package dev.sockbed.bench.link.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.common.linux.NetworkNamespace;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.testing.Peer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code link shell} as a user runs it; skipped where the system does not let us. */
@Tag("process")
class LinkShellProcessTest {
  @BeforeEach
  void networksCanBeMade() {
    try {
      NetworkNamespace.create("trial").close();
    } catch (NotPermittedException | NotOnThisSystemException e) {
      assumeThat(e.getMessage()).as("may make networks").isNull();
    }
  }

  @Test
  void theCommandSeesItsNetworkAndEndsWithItsOwnStatus() throws Exception {
    try (Peer shell =
        SockbedProcess.start(
            "link", "shell", "--", "sh", "-c", "ip -br addr; echo $SOCKBED_LINK_PEER; exit 7")) {
      assertThat(shell.process().waitFor(Peer.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(shell.process().exitValue()).isEqualTo(7);
      assertThat(shell.output()).contains("198.18.0.1/30").contains("198.18.0.2\n");
      assertThat(shell.errors()).contains("up: ").contains("down: ");
    }
  }

  @Test
  void nothingIsLeftWhenItIsKilled() throws Exception {
    try (Peer shell =
        SockbedProcess.start("link", "shell", "--peer", "sleep 301; true", "--", "sleep", "302")) {
      await().atMost(Peer.PATIENCE).until(() -> sleepers(shell.process().toHandle()).size() == 2);
      List<ProcessHandle> started = shell.process().descendants().toList();

      shell.process().destroyForcibly();

      await()
          .atMost(Peer.PATIENCE)
          .untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
    }
  }

  private static List<ProcessHandle> sleepers(ProcessHandle shell) {
    return shell
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/sleep"))
        .toList();
  }
}
