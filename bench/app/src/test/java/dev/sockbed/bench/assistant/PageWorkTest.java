package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a person does on the page besides the lesson, each with a real peer. */
@ExtendWith(AssistantPage.Shared.class)
@Tag("browser")
final class PageWorkTest {
  private static final String CONNECT =
      """
      import socket, sys
      s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
      """;

  private final AssistantPage page;
  private final Tab tab;

  PageWorkTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void rulesThatAreAddedOnThePageAnswerByThemselves() {
    int port = page.openSession("tcp-server");
    tab.click("#rules-details summary");
    addRule("exact", "ping\\n", "bytes", "pong\\r");
    addRule("contains", "echo", "echo", "");
    addRule("regex", "^[0-9]+$", "hex", "00 FF");
    addRule("any", "", "prefix", "I got:");
    String talk =
        CONNECT
            + """
            for m in (b'ping\\n', b'echo me', b'123', b'hello'):
                s.sendall(m); print(s.recv(1000))
            """;
    try (Peer python = Peer.python(talk, port)) {
      assertThat(python.awaitExit()).as(python.errors()).isZero();
      assertThat(python.output().lines())
          .containsExactly("b'pong\\r'", "b'echo me'", "b'\\x00\\xff'", "b'I got:hello'");
    }
    tab.awaitText(".row.sent", "automatic reply");

    addRule("regex", "(", "echo", "");
    tab.awaitText("#problem", "the regular expression is wrong at '(': missing closing )");
    tab.click("#rules li:first-child button");
    tab.awaitText("#rule-count", "3");
    tab.awaitTrue("document.querySelector('#rules code').textContent.includes('echo')");
    assertThat(tab.evaluate("document.querySelector('#problem').hidden").asBoolean()).isTrue();
  }

  private void addRule(String when, String pattern, String reply, String value) {
    tab.choose("#rule-when", when);
    tab.choose("#rule-reply", reply);
    if (!pattern.isEmpty()) {
      tab.type("#rule-pattern", pattern);
    }
    if (!value.isEmpty()) {
      tab.type("#rule-value", value);
    }
    int there = Integer.parseInt(tab.text("#rule-count"));
    tab.click("#rule-form button");
    tab.awaitTrue(
        "document.querySelector('#rule-count').textContent === '%d' ||".formatted(there + 1)
            + " !document.querySelector('#problem').hidden");
  }

  @Test
  void theTranscriptIsSavedAndDoesTheLessonAgain(@TempDir Path folder) throws IOException {
    int port = page.openSession("tcp-server");
    try (Peer board = SockbedProcess.start("device", "tcp://127.0.0.1:" + port, "--pause", "1ms")) {
      tab.awaitText(".row.received", "Hello 01Studio!");
      page.send("你好\\x01");
      tab.awaitText(".row.received", "I got:你好");
      page.closeSession();
      assertThat(board.awaitExit()).as(board.errors()).isZero();
    }
    tab.downloadTo(folder);
    tab.click("#save-text");
    List<String> text = saved(folder, ".txt");
    tab.click("#save-json");
    List<String> json = saved(folder, ".jsonl");

    assertThat(text.getFirst()).startsWith("# sockbed transcript 1");
    assertThat(text).anyMatch(line -> line.contains(" received ") && line.contains("01Studio!"));
    assertThat(json.getFirst()).contains("sockbed/transcript/1");
    assertThat(json).hasSameSizeAs(text);
    assertThat(json)
        .anyMatch(
            line -> new JsonMapper().readTree(line).path("text").asString("").equals("你好\\x01"));

    Path script = fileThatEndsWith(folder, ".jsonl");
    try (Peer replay = SockbedProcess.start("assistant", "--script", script)) {
      replay.awaitOutput("opened 0 tcp://127.0.0.1:" + port);
      try (Peer board =
          SockbedProcess.start("device", "tcp://127.0.0.1:" + port, "--pause", "1ms")) {
        assertThat(replay.awaitExit()).as(replay.errors()).isZero();
        assertThat(board.awaitExit()).as(board.errors()).isZero();
      }
    }
  }

  private static List<String> saved(Path folder, String ending) throws IOException {
    return Files.readAllLines(fileThatEndsWith(folder, ending));
  }

  /** Waits until there is such a file, which the browser renames when it is whole. */
  private static Path fileThatEndsWith(Path folder, String ending) {
    return await()
        .atMost(Peer.PATIENCE)
        .until(
            () -> {
              try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(ending)).toList();
              }
            },
            found -> found.size() == 1)
        .getFirst();
  }

  @Test
  void pauseHoldsRowsBackSearchFindsThemAndClearForgetsAll() {
    int port = page.openSession("tcp-server");
    try (Peer python =
        Peer.python(CONNECT + "for line in sys.stdin: s.sendall(line.strip().encode())", port)) {
      python.type("apple\n");
      tab.awaitText(".row.received", "apple");
      tab.click("#pause");
      python.type("pear\n");
      tab.awaitText("#pause", "Resume (1 new)");
      assertThat(shownRows()).isEqualTo("apple");
      tab.click("#pause");
      tab.awaitText(".row.received", "pear");
      tab.awaitText("#pause", "Pause");

      tab.type("#search", "PEAR");
      tab.awaitTrue("document.querySelector('#list').getAttribute('aria-rowcount') === '1'");
      assertThat(shownRows()).isEqualTo("pear");
      tab.type("#search", "no such row");
      tab.awaitText("#empty", "No row contains that.");
      tab.type("#search", "");

      tab.click("#clear");
      tab.awaitTrue("document.querySelectorAll('.row:not([hidden])').length === 0");
      tab.awaitText("#totals", "in 0 B / 0 · out 0 B / 0");
      python.type("plum\n");
      tab.awaitText(".row.received", "plum");
      assertThat(shownRows()).isEqualTo("plum");
    }
  }

  private String shownRows() {
    return tab.evaluate(
            "[...document.querySelectorAll('.row.received:not([hidden]) .bytes')]"
                + ".map(e => e.textContent).join()")
        .asString();
  }

  @Test
  void aMessageIsRepeatedEveryNMillisecondsUntilThatIsStopped() {
    int port = page.openSession("tcp-server");
    String count =
        CONNECT
            + """
            ticks = 0
            while data := s.recv(100):
                ticks += data.count(b'tick'); print('ticks', ticks, flush=True)
            """;
    try (Peer python = Peer.python(count, port)) {
      tab.awaitText("#peer-count", "1");
      tab.type("#send-text", "tick");
      tab.type("#interval", "5");
      tab.click("#repeat");
      python.awaitOutput("ticks 5");
      tab.awaitText("#repeat", "Stop repeating");
      tab.awaitTrue("document.querySelector('#repeat').ariaPressed === 'true'");
      tab.click("#repeat");
      tab.awaitTrue("document.querySelector('#repeat').textContent === 'Repeat'");
      tab.type("#interval", "0");
      tab.click("#repeat");
      tab.awaitText("#problem", "at least 1 ms");
    }
  }

  @Test
  void aFileIsSentWithItsProgressAndCanBeStopped(@TempDir Path folder) throws IOException {
    int port = page.openSession("tcp-server");
    Path zeros = Files.write(folder.resolve("zeros.bin"), new byte[6 << 20]);
    String readWhenTold =
        CONNECT
            + """
            sys.stdin.readline(); n = 0
            while data := s.recv(1 << 20): n += len(data)
            print('read', n)
            """;
    try (Peer python = Peer.python(readWhenTold, port)) {
      tab.awaitText("#peer-count", "1");
      tab.chooseFile("#file", zeros);
      // What the system's buffers take is sent; the rest waits for the peer to read.
      tab.awaitTrue(
          "(p => !p.hidden && p.value > 0 && p.value < 1)"
              + "(document.querySelector('#file-progress'))");
      tab.awaitText("#file-text", "zeros.bin");
      tab.chooseFile("#file", zeros);
      tab.awaitText("#problem", "zeros.bin is being sent");
      python.type("\n");
      tab.awaitText(".row", "sent zeros.bin, 6291456 of 6291456 bytes");
      tab.awaitTrue("document.querySelector('#file-progress').hidden");
      page.closeSession();
      python.awaitOutput("read 6291456");
    }
    int again = page.openSession("tcp-server");
    try (Peer python = Peer.python(readWhenTold, again)) {
      tab.awaitText("#peer-count", "1");
      tab.chooseFile("#file", zeros);
      tab.awaitTrue("!document.querySelector('#file-stop').hidden");
      tab.click("#file-stop");
      python.type("\n");
      tab.awaitText(".row", "stopped: zeros.bin");
    }
  }

  @Test
  void aConnectionIsClosedByAGoodbyeOrByAReset() {
    int port = page.openSession("tcp-server");
    String tellTheEnd =
        CONNECT
            + """
            print('port', s.getsockname()[1])
            s.sendall(sys.argv[2].encode())
            try:
                while data := s.recv(100): print('read', data.decode())
                print('goodbye')
            except ConnectionResetError:
                print('reset')
            """;
    try (Peer first = Peer.python(tellTheEnd, port, "first")) {
      tab.awaitText(".row.received", "first");
      try (Peer second = Peer.python(tellTheEnd, port, "second");
          Peer third = Peer.python(tellTheEnd, port, "third")) {
        tab.awaitText("#peer-count", "3");
        tab.awaitText(".row.received", "second");
        pick(second);
        tab.awaitText("#send-to", "127.0.0.1:");
        page.send("you");
        second.awaitOutput("read you");
        tab.click("#close-picked");
        second.awaitOutput("goodbye");
        tab.awaitText("#peer-count", "2");
        pick(third);
        tab.click("#reset-picked");
        third.awaitOutput("reset");
        tab.awaitText("#peer-count", "1");
      }
      assertThat(first.output()).doesNotContain("read", "goodbye", "reset");
      tab.click("#pick-all");
      page.send("still there");
      first.awaitOutput("read still there");
    }
  }

  /** Picks the peer that is that program, and nobody else. */
  private void pick(Peer program) {
    int port = program.awaitNumber("port");
    tab.awaitText("#peers", ":" + port);
    if (!tab.evaluate("document.querySelector('#pick-all').checked").asBoolean()) {
      tab.click("#pick-all");
    }
    tab.evaluate(
        """
        [...document.querySelectorAll('#peers li')]
          .find(item => item.querySelector('.address').title.endsWith(':%d'))
          .querySelector('input').click()
        """
            .formatted(port));
  }
}
