package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The lesson, worked by hand in a browser: the assistant on its page, the board as another process.
 * With {@code -Dassistant.images=DIR -Dassistant.port=10000} the pictures of the documents are
 * taken on the way.
 */
@ExtendWith(AssistantPage.Shared.class)
@Tag("browser")
final class LessonOnPageTest {
  private final AssistantPage page;
  private final Tab tab;

  LessonOnPageTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void theWholeLessonOverTcp() throws IOException {
    int port = page.openSession("tcp-server", "127.0.0.1", Integer.getInteger("assistant.port", 0));
    try (Peer board = SockbedProcess.start("device", "tcp://127.0.0.1:" + port, "--pause", "1ms")) {
      tab.awaitText(".row.received", "Hello 01Studio!");
      tab.awaitText("#peers", "127.0.0.1:");
      tab.click("#peers input");
      page.send("http://example.org");
      tab.awaitText(".row.sent", "http://example.org");
      tab.awaitText(".row.received", "I got:http://example.org");

      // 250 bytes come to the board as 128 and 122; each is answered with six bytes more.
      page.send("x".repeat(250));
      tab.awaitText("#totals", "in " + (15 + 24 + 250 + 12) + " B");
      takePictures();
      page.closeSession();
      assertThat(board.awaitExit()).as(board.errors()).isZero();
      assertThat(board.output()).contains("http://example.org");
    }
  }

  @Test
  void theLessonOverUdp() {
    int port = page.openSession("udp");
    try (Peer board =
        SockbedProcess.start(
            "device", "udp://127.0.0.1:" + port, "--pause", "1ms", "--count", "1")) {
      tab.awaitText(".row.received", "Hello 01Studio!");
      tab.type("#send-text", "http://example.org");
      tab.click("#send");
      tab.awaitText(".row.received", "I got:http://example.org");
      assertThat(board.awaitExit()).as(board.errors()).isZero();
    }
  }

  @Test
  void aTcpMessageOf256BytesIsTwoRowsAndADatagramIsCut() {
    int tcp = page.openSession("tcp-server");
    String send =
        "import socket, sys\ns = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n";
    try (Peer python = Peer.python(send + "s.sendall(b'm' * 256); sys.stdin.readline()", tcp)) {
      tab.awaitTrue(
          "[...document.querySelectorAll('.row.received:not([hidden]) .length')]"
              + ".map(e => e.textContent).join() === '128,128'");
      page.closeSession();
      python.type("\n");
    }
    int udp = page.openSession("udp");
    String datagram =
        "import socket, sys\n"
            + "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'<img src=x"
            + " onerror=alert(1)>' + b'm' * 256, ('127.0.0.1', int(sys.argv[1])))";
    try (Peer python = Peer.python(datagram, udp)) {
      assertThat(python.awaitExit()).isZero();
      tab.awaitText(".row.received .tag", "cut");
      tab.awaitText(".row.received", "<img src=x onerror=alert(1)>");
      assertThat(tab.evaluate("document.querySelectorAll('.list img').length").asInt()).isZero();
    }
  }

  private void takePictures() throws IOException {
    String folder = System.getProperty("assistant.images");
    if (folder == null) {
      return;
    }
    tab.evaluate("document.querySelector('.row.received .bytes').click()");
    picture(folder, "light", 1200, 720, "light");
    picture(folder, "dark", 1200, 720, "dark");
    tab.evaluate("document.querySelector('#language').click()");
    picture(folder, "chinese", 1200, 720, "light");
    tab.evaluate("document.querySelector('#language').click()");
    tab.evaluate("document.querySelector('#detail-close').click()");
    picture(folder, "narrow", 400, 860, "light");
    tab.look(1200, 720, "light");
  }

  private void picture(String folder, String name, int width, int height, String scheme)
      throws IOException {
    tab.look(width, height, scheme);
    tab.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " setTimeout(done, 200))))");
    tab.evaluate("document.activeElement.blur()");
    Files.write(Path.of(folder, "assistant-" + name + ".png"), tab.screenshot());
  }
}
