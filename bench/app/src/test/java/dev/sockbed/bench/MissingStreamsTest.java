package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a command does without standard input or output, where no launcher has opened one in its
 * place.
 */
@Tag("process")
@EnabledOnOs(OS.LINUX)
final class MissingStreamsTest {
  @Test
  void talkSendsNothing() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) Peer.PATIENCE.toMillis());
      try (Peer talk =
          closing("<&-", "talk", "--quiet", "tcp://127.0.0.1:" + server.getLocalPort())) {
        try (Socket caller = server.accept()) {
          caller.setSoTimeout((int) Peer.PATIENCE.toMillis());
          assertThat(caller.getInputStream().readNBytes(1_000)).isEmpty();
        }
        assertThat(talk.awaitExit()).as(talk.errors()).isZero();
        assertThat(talk.errors()).isEmpty();
      }
    }
  }

  @Test
  void aScriptFromStandardInputIsEmpty() {
    try (Peer assistant = closing("<&-", "assistant", "--script", "-")) {
      assertThat(assistant.awaitExit()).as(assistant.errors()).isZero();
      assertThat(assistant.errors()).isEmpty();
    }
  }

  @Test
  void aFileThatTheJvmHasOpenTooIsStillTheUsersInput() throws Exception {
    Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout((int) Peer.PATIENCE.toMillis());
      try (Peer talk =
              closing(
                  "<'" + modules + "'",
                  "talk",
                  "--quiet",
                  "tcp://127.0.0.1:" + server.getLocalPort());
          Socket caller = server.accept()) {
        caller.setSoTimeout((int) Peer.PATIENCE.toMillis());
        assertThat(caller.getInputStream().readNBytes(1_000)).hasSize(1_000);
        talk.signal("KILL");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void outputThatCanNotBePrintedIsAnError(String argument) {
    try (Peer sockbed = closing(">&-", argument)) {
      assertThat(sockbed.awaitExit()).isEqualTo(4);
      assertThat(sockbed.errors())
          .hasLineCount(1)
          .contains("standard output can't be written: Bad file descriptor");
    }
  }

  private static Peer closing(String redirection, String... arguments) {
    return Peer.start(
        Stream.concat(
                Stream.of("sh", "-c", "exec \"$0\" \"$@\" " + redirection),
                List.of(SockbedProcess.command((Object[]) arguments)).stream())
            .toArray(String[]::new));
  }
}
