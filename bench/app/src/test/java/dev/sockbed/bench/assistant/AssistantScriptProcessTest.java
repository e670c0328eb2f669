package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts as a user runs them. */
@Tag("process")
final class AssistantScriptProcessTest {
  @TempDir private Path folder;

  @Test
  void aScriptFromStandardInputIsCheckedWholeBeforeItsFirstLineRuns() {
    try (Peer assistant = start(List.of(), "-")) {
      assistant.type("open tcp-server 0\nsned all \"x\"\n");
      assistant.endInput();
      assertThat(assistant.awaitExit()).isEqualTo(2);
      assertThat(assistant.errors())
          .startsWith("sockbed assistant: standard input: line 2: unknown command 'sned'")
          .hasLineCount(1);
      assertThat(assistant.output()).isEmpty();
    }
  }

  @Test
  void aScriptAsAnEditorUnderWindowsWritesItRuns() throws Exception {
    String script = "\ufeff# a comment\r\nopen tcp-server 0\r\nexpect peers 0\r\nclose\r\n";
    Path file = Files.writeString(folder.resolve("script.txt"), script);
    try (Peer assistant = start(List.of(), file.toString())) {
      assertThat(assistant.awaitExit()).as(assistant.errors()).isZero();
    }
    try (Peer assistant = start(List.of(), "-")) {
      assistant.type(script.getBytes(StandardCharsets.UTF_8));
      assistant.endInput();
      assertThat(assistant.awaitExit()).as(assistant.errors()).isZero();
    }
  }

  /** A direct buffer for each caller, and memory for about fifteen of them. */
  @Test
  void aCallerForWhomThereIsNoMemoryIsRefusedAndOthersAreServedWhenThereIs() throws Exception {
    List<String> options = List.of("-XX:MaxDirectMemorySize=1m");
    String script = "open tcp-server 0 limit 65507\nreply any echo\nexpect peers 99 within 60s\n";
    Path file = Files.writeString(folder.resolve("script.txt"), script);
    try (Peer assistant = start(options, file.toString())) {
      assistant.awaitOutput(" opened 0 tcp://127.0.0.1:");
      int port =
          Integer.parseInt(
              assistant.output().replaceAll("(?s).*? opened 0 tcp://127.0.0.1:(\\d+) .*", "$1"));
      List<Socket> callers = new ArrayList<>();
      try {
        while (!assistant.output().contains("refused: ")) {
          callers.add(new Socket(InetAddress.getLoopbackAddress(), port));
          assertThat(callers).hasSizeLessThan(200);
          int connected = callers.size();
          await().atMost(Peer.PATIENCE).until(() -> seen(assistant) >= connected);
        }
      } finally {
        for (Socket caller : callers) {
          caller.close();
        }
      }
      await().atMost(Peer.PATIENCE).until(() -> isAnswered(port));
    }
  }

  private static long seen(Peer assistant) {
    return assistant
        .output()
        .lines()
        .filter(line -> line.contains(" connected ") || line.contains("refused: "))
        .count();
  }

  private static boolean isAnswered(int port) throws Exception {
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
      caller.setSoTimeout(20_000);
      caller.getOutputStream().write('x');
      return caller.getInputStream().read() == 'x';
    }
  }

  private static Peer start(List<String> options, String script) {
    return Peer.start(JavaCommand.of(options, Sockbed.class, "assistant", "--script", script));
  }
}
