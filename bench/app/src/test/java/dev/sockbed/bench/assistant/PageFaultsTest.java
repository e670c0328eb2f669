package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.testing.Key;
import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is told on the page, in the person's language; nothing typed is lost. */
@ExtendWith(AssistantPage.Shared.class)
@Tag("browser")
final class PageFaultsTest {
  private static final String PROBLEM = "#problem";

  private final AssistantPage page;
  private final Tab tab;

  PageFaultsTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void whatCannotBeSentStaysToBeMended() {
    page.openSession("tcp-server");
    page.send("keep me");
    tab.awaitText(PROBLEM, "nobody is connected");
    assertThat(tab.evaluate("document.querySelector('#send-text').value").asString())
        .isEqualTo("keep me");
    tab.click("input[name=as][value=hex]");
    page.send("48 6");
    tab.awaitText(PROBLEM, "'6' at position 4");
    tab.click("#problem-close");
    tab.awaitTrue("document.querySelector('#problem').hidden");
  }

  @Test
  void anAddressThatCannotBeOpenedIsToldAndAnotherCanBe() throws IOException {
    tab.type("#port", "70000");
    tab.click("#open");
    tab.awaitText(PROBLEM, "65535");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tab.type("#port", String.valueOf(other.getLocalPort()));
      tab.click("#open");
      tab.awaitText(PROBLEM, "in use");
    }
    tab.type("#host", "192.0.2.1");
    tab.click("#open");
    tab.awaitText(PROBLEM, "--allow-remote");
    assertThat(page.openSession("tcp-server")).isPositive();
    tab.awaitTrue("document.querySelector('#problem').hidden");
  }

  @Test
  void aPeerThatIsGoneAfterItWasPickedIsToldAndTheTextStays() {
    int port = page.openSession("tcp-server");
    String connect =
        "import socket, sys\n"
            + "s = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); sys.stdin.readline()";
    try (Peer stays = Peer.python(connect, port);
        Peer goes = Peer.python(connect, port)) {
      tab.awaitText("#peer-count", "2");
      tab.click("#peers li:last-child input");
      goes.type("\n");
      stays.type("\n");
      tab.awaitText("#peer-count", "0");
      page.send("too late");
      tab.awaitText(PROBLEM, "nobody is picked");
      assertThat(tab.evaluate("document.querySelector('#send-text').value").asString())
          .isEqualTo("too late");
    }
  }

  @Test
  void aFileThatCannotBeReadOrIsTooLongIsTold(@TempDir Path folder) throws IOException {
    page.openSession("tcp-server");
    Path missing = Files.write(folder.resolve("missing.bin"), new byte[10]);
    tab.evaluate(
        "document.body.append(Object.assign(document.createElement('input'),"
            + " {type: 'file', id: 'chosen-before'}))");
    tab.chooseFile("#chosen-before", missing);
    Files.delete(missing);
    tab.evaluate(
        "(input => { input.files = document.querySelector('#chosen-before').files;"
            + " input.dispatchEvent(new Event('change')); })(document.querySelector('#file'))");
    tab.awaitText(PROBLEM, "missing.bin can’t be read");
    tab.chooseFile("#file", Files.write(folder.resolve("long.bin"), new byte[(16 << 20) + 1]));
    tab.awaitText(PROBLEM, "At most 16 MiB");
    tab.chooseFile("#file", Files.write(folder.resolve("short.bin"), new byte[1]));
    tab.awaitText(PROBLEM, "nobody is connected");
  }

  @Test
  void anAddressWithoutItsTokenSaysWhereToFindIt() {
    String withoutToken = page.url().replaceAll("#.*", "?again#wrong");
    tab.open(withoutToken);
    tab.awaitText("#link-lost", "lacks its token");
    page.openAnew();
  }

  @Test
  void whatIsWrongIsToldInChineseToo() throws IOException {
    tab.click("#language");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      wrongSession("tcp-server", "127.0.0.1", other.getLocalPort(), 128, "已被其他套接字占用");
    }
    wrongSession("udp", "192.0.2.1", 1, 128, "可被其他机器访问");
    wrongSession("udp", "no!name", 1, 128, "不是主机名");
    wrongSession("udp", "1.2.3", 1, 128, "不是 IPv4 地址");
    wrongSession("udp", "127.0.0.1", 70_000, 128, "端口须为");
    wrongSession("udp", "127.0.0.1", 1, 0, "单次接收上限");
    wrongSession("udp", "nosuch.invalid", 1, 128, "未知的主机名");
    wrongSession("tcp-client", "127.0.0.1", 1, 128, "被拒绝");
    wrongSession("tcp-client", "0.0.0.0", 1, 128, "通配地址");
    tab.awaitText(".row.error", "连接 tcp://127.0.0.1:1 失败：被拒绝");

    tab.type("#limit", "128");
    page.openSession("udp");
    tab.type("#peer-port", "0");
    tab.strike(Key.ENTER);
    assertToldInChinese("端口 0");
    page.send("hello");
    assertToldInChinese("没有可发送的对象");
    for (String typed : List.of("\\", "\\q", "\\x4")) {
      page.send(typed);
      assertToldInChinese("第 1 个字符");
    }
    tab.click("input[name=as][value=hex]");
    page.send("48 6");
    assertToldInChinese("第 4 个字符");
    page.send("hi");
    assertToldInChinese("第 1 个字符");
    tab.type("#send-text", "48");
    tab.type("#interval", "0");
    tab.click("#repeat");
    assertToldInChinese("间隔");
    tab.click("#rules-details summary");
    tab.choose("#rule-when", "regex");
    tab.type("#rule-pattern", "(");
    tab.click("#rule-form button");
    assertToldInChinese("正则表达式");
    // The switch of language translates what is told already.
    tab.click("#language");
    tab.awaitText(PROBLEM, "the regular expression is wrong at '(': missing closing )");
  }

  private void wrongSession(String mode, String host, int port, int limit, String told) {
    tab.click("input[name=mode][value=" + mode + "]");
    tab.type("#host", host);
    tab.type("#port", String.valueOf(port));
    tab.type("#limit", String.valueOf(limit));
    tab.click("#open");
    assertToldInChinese(told);
  }

  /** Waits for the message; no English is in it but names, addresses and the system's codes. */
  private void assertToldInChinese(String told) {
    tab.awaitText(PROBLEM, told);
    String english =
        tab.text("#problem-text")
            .replaceAll("\\(E[A-Z_]+\\)|(tcp|udp)://\\S+|--allow-remote|nosuch\\.invalid", "")
            .replaceAll("no!name:?\\d*|IPv4|（.*）", "");
    assertThat(english).doesNotContainPattern("[A-Za-z]{3,}");
  }
}
