package dev.sockbed.server.assistant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.SocketFailure;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Mode;
import dev.sockbed.server.assistant.SessionSetup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a page of ours would never make, byte by byte. */
@Tag("socket")
final class PageSafetyTest {
  private static final Assistant ASSISTANT = new Assistant(false);
  private static PageServer page;

  @BeforeAll
  static void start() throws SocketFailure {
    page =
        PageServer.start(
            ASSISTANT,
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            new PageServer.Options("127.0.0.1", false, null));
  }

  @AfterAll
  static void stop() {
    page.close();
    ASSISTANT.close();
  }

  @AfterEach
  void stillServes() throws IOException {
    assertThat(ask("GET / HTTP/1.1", host(), "")).startsWith("HTTP/1.1 200");
  }

  @Test
  void thePageForbidsInlineScriptsAndFraming() throws IOException {
    String answer = ask("GET / HTTP/1.1", host(), "");
    assertThat(answer)
        .contains("script-src 'self'")
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe-inline");
    assertThat(answer.toLowerCase(java.util.Locale.ROOT))
        .contains("x-content-type-options: nosniff");
    assertThat(ask("GET /../pom.xml HTTP/1.1", host(), "")).startsWith("HTTP/1.1 404");
    assertThat(ask("POST / HTTP/1.1", host(), "")).startsWith("HTTP/1.1 405");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/events", "/api/transcript", "/api/command", "/api/file"})
  void nothingIsToldOrDoneWithoutTheToken(String path) throws IOException {
    String method = path.matches(".*(command|file)") ? "POST " : "GET ";
    String line = method + path + " HTTP/1.1";
    assertThat(ask(line, host(), "")).startsWith("HTTP/1.1 403").contains("\"fault\":\"token\"");
    assertThat(ask(line, host() + "X-Sockbed-Token: wrong\r\n", "")).startsWith("HTTP/1.1 403");
    assertThat(ask(line.replace(" HTTP", "?token=" + page.token() + " HTTP"), host(), ""))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:%d",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.2:%d",
        "[::1]:%d"
      })
  void aForeignHostIsRefused(String host) throws IOException {
    String header = "Host: " + host.formatted(page.localAddress().getPort()) + "\r\n" + token();
    assertThat(ask("GET /api/transcript HTTP/1.1", header, "")).startsWith("HTTP/1.1 421");
    assertThat(ask("GET / HTTP/1.1", header, "")).startsWith("HTTP/1.1 421");
  }

  @Test
  void ourOwnNamesAreLetIn() throws IOException {
    for (String name : List.of("127.0.0.1", "localhost", "LOCALHOST")) {
      String header = "Host: " + name + ":" + page.localAddress().getPort() + "\r\n" + token();
      assertThat(ask("GET /api/transcript HTTP/1.1", header, "")).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Origin: https://127.0.0.1"
      })
  void aForeignOriginIsRefused(String header) throws IOException {
    assertThat(ask("GET /api/transcript HTTP/1.1", host() + token() + header + "\r\n", ""))
        .startsWith("HTTP/1.1 403")
        .contains("another site");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|400|not JSON",
        "[]|400|not a JSON object",
        "{}|400|must be a text",
        "{\"do\":\"dance\"}|400|unknown command",
        "{\"do\":\"send\",\"to\":\"all\",\"text\":\"4\",\"as\":\"hex\"}|409|'4' at position 1",
        "{\"do\":\"send\",\"to\":\"all\",\"text\":5,\"as\":\"hex\"}|400|must be a text",
        "{\"do\":\"send\",\"to\":\"all\",\"text\":\"x\",\"as\":\"plain\"}|409|nothing is open",
        "{\"do\":\"open\",\"mode\":\"tcp\",\"host\":\"127.0.0.1\",\"port\":0,\"receiveLimit\":1}|409|not"
            + " a mode",
        "{\"do\":\"open\",\"mode\":\"udp\",\"host\":\"no"
            + " host\",\"port\":0,\"receiveLimit\":1}|409|not a host name",
        "{\"do\":\"open\",\"mode\":\"udp\",\"host\":\"0.0.0.0\",\"port\":0,\"receiveLimit\":1}|409|--allow-remote",
        "{\"do\":\"open\",\"mode\":\"udp\",\"host\":\"127.0.0.1\",\"port\":\"1\",\"receiveLimit\":1}|400|whole"
            + " number",
        "{\"do\":\"rules\",\"rules\":[{\"when\":\"x\",\"pattern\":\"\",\"reply\":\"echo\",\"value\":\"\",\"as\":\"plain\"}]}|400|unknown"
            + " \"when\"",
      })
  void aCommandThatIsNoneSaysWhatIsWrong(String body, int status, String told) throws IOException {
    assertThat(command(body)).startsWith("HTTP/1.1 " + status).contains(told.replace("\"", "\\\""));
  }

  @Test
  void aCommandThatIsGoodIsDone() throws IOException, AssistantException {
    assertThat(
            command(
                "{\"do\":\"open\",\"mode\":\"tcp-server\",\"host\":\"[::1]\",\"port\":0,\"receiveLimit\":64}"))
        .startsWith("HTTP/1.1 204");
    assertThat(ASSISTANT.state().setup())
        .isEqualTo(SessionSetup.of(Mode.TCP_SERVER, "::1", 0).withReceiveLimit(64));
    ASSISTANT.closeSession();
  }

  @Test
  void bodiesOfTheWrongTypeOrSizeAreRefused() throws IOException {
    assertThat(ask("POST /api/command HTTP/1.1", host() + token() + "Content-Length: 2\r\n", "{}"))
        .startsWith("HTTP/1.1 415");
    int large = PageServer.MOST_COMMAND_BYTES + 10;
    String length = "Content-Type: application/json\r\nContent-Length: " + large + "\r\n";
    assertThat(ask("POST /api/command HTTP/1.1", host() + token() + length, " ".repeat(large)))
        .startsWith("HTTP/1.1 413");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /api/command HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n"
      })
  void malformedRequestsGetAnErrorOrNothing(String raw) throws IOException {
    assertThat(exchange(raw))
        .satisfiesAnyOf(
            answer -> assertThat(answer).startsWith("HTTP/1.1 4"),
            answer -> assertThat(answer).isEmpty());
  }

  @Test
  void oversizedHeadersAreRefused() throws IOException {
    StringBuilder many = new StringBuilder(host());
    for (int i = 0; i < 100; i++) {
      many.append("X-Filler-").append(i).append(": y\r\n");
    }
    assertThat(ask("GET / HTTP/1.1", many.toString(), "")).doesNotContain("200 OK");
    assertThat(ask("GET / HTTP/1.1", host() + "X-Filler: " + "y".repeat(40_000) + "\r\n", ""))
        .doesNotContain("200 OK");
  }

  @Test
  void thereAreSoManyViewersAndNoMore() throws IOException {
    List<Socket> viewers = new ArrayList<>();
    try {
      for (int i = 0; i < EventStream.MOST_VIEWERS; i++) {
        Socket viewer = connect();
        viewers.add(viewer);
        send(viewer, "GET /api/events HTTP/1.1\r\n" + host() + token() + "\r\n");
        assertThat(new String(viewer.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
            .isEqualTo("HTTP/1.1 200");
      }
      assertThat(ask("GET /api/events HTTP/1.1", host() + token(), ""))
          .startsWith("HTTP/1.1 503")
          .contains("viewers already");
    } finally {
      for (Socket viewer : viewers) {
        viewer.close();
      }
    }
    await()
        .until(() -> {
          try (Socket viewer = connect()) {
            send(viewer, "GET /api/events HTTP/1.1\r\n" + host() + token() + "\r\n");
            return new String(viewer.getInputStream().readNBytes(12), StandardCharsets.UTF_8)
                .endsWith("200");
          }
        });
  }

  private static String command(String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String headers = "Content-Type: application/json\r\nContent-Length: " + length + "\r\n";
    return ask("POST /api/command HTTP/1.1", host() + token() + headers, body);
  }

  private static String host() {
    return "Host: 127.0.0.1:" + page.localAddress().getPort() + "\r\n";
  }

  private static String token() {
    return "X-Sockbed-Token: " + page.token() + "\r\n";
  }

  private static String ask(String line, String headers, String body) throws IOException {
    return exchange(line + "\r\n" + headers + "Connection: close\r\n\r\n" + body);
  }

  private static String exchange(String raw) throws IOException {
    try (Socket socket = connect()) {
      try {
        send(socket, raw);
        socket.shutdownOutput();
      } catch (IOException theServerHasHeardEnough) {
        assertThat(raw).hasSizeGreaterThan(10_000);
      }
      return readAll(socket.getInputStream());
    }
  }

  /** What was read before the end, or before the reset of a server that had heard enough. */
  private static String readAll(InputStream in) {
    StringBuilder read = new StringBuilder();
    try {
      for (int next; (next = in.read()) >= 0; ) {
        read.append((char) next);
      }
    } catch (IOException reset) {
      read.append(' ');
    }
    return read.toString();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.localAddress().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String raw) throws IOException {
    socket.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
