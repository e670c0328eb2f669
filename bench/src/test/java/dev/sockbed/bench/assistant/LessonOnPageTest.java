package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lesson, worked by hand in a browser: the assistant on its page, the board as another process.
 * With {@code -Dassistant.images=DIR -Dassistant.port=10000} the pictures of the documents are
 * taken on the way.
 */
final class LessonOnPageTest {
  private static final String STATUS = "#status";

  @TempDir private static Path profile;
  @TempDir private static Path otherProfile;

  private static Peer assistant;
  private static String url = "";
  private static Chromium browser;

  @BeforeAll
  static void start() {
    Peer.require("chromium");
    assistant = OwnCommand.start("assistant", "--web", "127.0.0.1:0");
    assistant.awaitOutput("assistant http://");
    url = assistant.output().lines().findFirst().orElseThrow().replace("assistant ", "");
    browser = new Chromium(profile);
    browser.look(1200, 720, "light");
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (assistant != null) {
      assistant.close();
    }
  }

  @BeforeEach
  void openPage() {
    browser.open(url);
    browser.awaitText(STATUS, "Nothing is open");
    browser.click("#clear");
    // A test before this one may have had commands refused, which the browser calls an error.
    browser.forgetProblems();
  }

  @Test
  void theWholeLessonOverTcp() throws IOException {
    int port = openSession("tcp-server", Integer.getInteger("assistant.port", 0));
    try (Peer board = OwnCommand.start("device", "tcp://127.0.0.1:" + port, "--pause", "1ms")) {
      browser.awaitText(".row.received", "Hello 01Studio!");
      browser.awaitText("#peers", "127.0.0.1:");
      browser.click("#peers input");
      browser.type("#send-text", "http://example.org");
      browser.strike("Enter", 13);
      browser.awaitText(".row.sent", "http://example.org");
      browser.awaitText(".row.received", "I got:http://example.org");

      // 250 bytes come to the board as 128 and 122; each is answered with six bytes more.
      browser.type("#send-text", "x".repeat(250));
      browser.strike("Enter", 13);
      browser.awaitText("#totals", "in " + (15 + 24 + 250 + 12) + " B");
      takePictures();
      browser.click("#open");
      browser.awaitText(STATUS, "Nothing is open");
      assertThat(board.awaitExit()).as(board.errors()).isZero();
      assertThat(board.output()).contains("http://example.org");
    }
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void aTcpMessageOf256BytesIsTwoRowsAndADatagramIsCut() {
    int tcp = openSession("tcp-server");
    String send =
        "import socket, sys\ns = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n";
    try (Peer python = Peer.python(send + "s.sendall(b'm' * 256); sys.stdin.readline()", tcp)) {
      browser.awaitTrue(
          "[...document.querySelectorAll('.row.received:not([hidden]) .length')]"
              + ".map(e => e.textContent).join() === '128,128'");
      browser.click("#open");
      browser.awaitText(STATUS, "Nothing is open");
      python.type("\n");
    }
    int udp = openSession("udp");
    String datagram =
        "import socket, sys\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
            + ".sendto(b'<img src=x onerror=alert(1)>' + b'm' * 256, ('127.0.0.1', int(sys.argv[1])))";
    try (Peer python = Peer.python(datagram, udp)) {
      assertThat(python.awaitExit()).isZero();
      browser.awaitText(".row.received .tag", "cut");
      browser.awaitText(".row.received", "<img src=x onerror=alert(1)>");
      assertThat(browser.evaluate("document.querySelectorAll('.list img').length").asInt())
          .isZero();
    }
    browser.click("#open");
    browser.awaitText(STATUS, "Nothing is open");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void theLessonOverUdp() {
    int port = openSession("udp");
    try (Peer board =
        OwnCommand.start("device", "udp://127.0.0.1:" + port, "--pause", "1ms", "--count", "1")) {
      browser.awaitText(".row.received", "Hello 01Studio!");
      browser.type("#send-text", "http://example.org");
      browser.click("#send");
      browser.awaitText(".row.received", "I got:http://example.org");
      assertThat(board.awaitExit()).as(board.errors()).isZero();
    }
    browser.click("#open");
    browser.awaitText(STATUS, "Nothing is open");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void whatIsWrongIsToldOnThePageAndNothingIsLost() {
    int port = openSession("tcp-server");
    browser.type("#send-text", "keep me");
    browser.strike("Enter", 13);
    browser.awaitText("#problem", "nobody is connected");
    assertThat(browser.evaluate("document.querySelector('#send-text').value").asString())
        .isEqualTo("keep me");
    browser.click("input[name=as][value=hex]");
    browser.type("#send-text", "48 6");
    browser.click("#send");
    browser.awaitText("#problem", "'6' at position 4");
    browser.click("input[name=as][value=escaped]");
    browser.click("#open");
    browser.awaitText(STATUS, "Nothing is open");
    browser.type("#port", "70000");
    browser.click("#open");
    browser.awaitText("#problem", "65535");
    assertThat(openSession("tcp-server", port)).isEqualTo(port);
    browser.click("#open");
    browser.awaitText(STATUS, "Nothing is open");
    browser.open(url.substring(0, url.indexOf('#')) + "?2#wrong");
    browser.awaitText("#link-lost", "lacks its token");
  }

  @Test
  void aFileIsSentFromThePageAndASecondTabSeesTheSame() {
    int port = openSession("tcp-server");
    String read =
        "import socket, sys\ns = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
            + "n = 0\nwhile data := s.recv(65536): n += len(data)\nprint('read', n)";
    try (Peer python = Peer.python(read, port);
        Chromium second = new Chromium(otherProfile)) {
      second.open(url);
      browser.awaitText("#peers", "127.0.0.1:");
      browser.evaluate(
          """
          (() => {
            const chosen = new DataTransfer();
            chosen.items.add(new File([new Uint8Array(300000)], 'zeros.bin'));
            const input = document.querySelector('#file');
            input.files = chosen.files;
            input.dispatchEvent(new Event('change'));
          })()\
          """);
      browser.awaitText(".row", "sent zeros.bin, 300000 of 300000 bytes");
      second.awaitText(".row", "sent zeros.bin, 300000 of 300000 bytes");
      second.awaitText("#totals", "out 300000 B");
      browser.click("#open");
      second.awaitText(STATUS, "Nothing is open");
      python.awaitOutput("read 300000");
      assertThat(second.problems()).isEmpty();
    }
    browser.awaitText(STATUS, "Nothing is open");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void tenThousandRowsAreKeptAndFewAreDrawnWhileOneFloods() {
    int port = openSession("tcp-server");
    String flood =
        """
        import socket, sys
        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        for i in range(15000): s.sendall(b'%0128d' % i)
        print('flooded'); sys.stdin.readline()
        """;
    try (Peer python = Peer.python(flood, port)) {
      python.awaitOutput("flooded");
      browser.awaitText(".row.received", "14999");
      browser.awaitText("#dropped", "older rows dropped");
      assertThat(browser.evaluate("document.querySelectorAll('.row').length").asInt())
          .isLessThan(100);
      assertThat(
              browser
                  .evaluate("+document.querySelector('#list').getAttribute('aria-rowcount')")
                  .asInt())
          .isBetween(9_000, 10_000);
      browser.type("#search", "0014998");
      browser.awaitTrue("document.querySelector('#list').getAttribute('aria-rowcount') === '1'");
      browser.type("#search", "");
      python.type("\n");
    }
    browser.click("#open");
    browser.awaitText(STATUS, "Nothing is open");
    assertThat(browser.problems()).isEmpty();
  }

  private int openSession(String mode) {
    return openSession(mode, 0);
  }

  private static int openSession(String mode, int port) {
    browser.click("input[name=mode][value=" + mode + "]");
    browser.type("#port", String.valueOf(port));
    browser.click("#open");
    browser.awaitTrue("document.querySelector('#status.open') !== null");
    String status = browser.evaluate("document.querySelector('#status').textContent").asString();
    return Integer.parseInt(status.substring(status.lastIndexOf(':') + 1));
  }

  private static void takePictures() throws IOException {
    String folder = System.getProperty("assistant.images");
    if (folder == null) {
      return;
    }
    browser.evaluate("document.querySelector('.row.received .bytes').click()");
    picture(folder, "light", 1200, 720, "light");
    picture(folder, "dark", 1200, 720, "dark");
    browser.evaluate("document.querySelector('#language').click()");
    picture(folder, "chinese", 1200, 720, "light");
    browser.evaluate("document.querySelector('#language').click()");
    browser.evaluate("document.querySelector('#detail-close').click()");
    picture(folder, "narrow", 400, 860, "light");
    browser.look(1200, 720, "light");
  }

  private static void picture(String folder, String name, int width, int height, String scheme)
      throws IOException {
    browser.look(width, height, scheme);
    browser.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>"
            + " setTimeout(done, 200))))");
    browser.evaluate("document.activeElement.blur()");
    Files.write(Path.of(folder, "assistant-" + name + ".png"), browser.screenshot());
  }
}
