package dev.sockbed.server.assistant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.assistant.Assistant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that ask nothing, and bodies that never end, shut nobody out. */
@Tag("socket")
final class PageCrowdedTest {
  private final Assistant assistant = new Assistant(false);
  private final List<Socket> opened = new ArrayList<>();
  private PageServer page;

  @BeforeEach
  void start() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    page =
        PageServer.start(
            assistant, List.of(anyPort), new PageServer.Options("127.0.0.1", false, null));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    page.close();
    assistant.close();
  }

  @Test
  void thePageIsServedBesideAThousandConnectionsThatAskNothing() throws IOException {
    for (int i = 0; i < 1000; i++) {
      connect();
    }
    assertThat(statusOf(connect(), "GET / HTTP/1.1\r\n", "", 0)).isEqualTo(200);
  }

  @Test
  void aConnectionThatAsksNothingIsClosed() throws IOException {
    Socket idle = connect();
    idle.setSoTimeout((int) Peer.PATIENCE.toMillis());
    assertThat(idle.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void filesThatNeverEndAreRefusedOnceTheyHoldMuchAndCommandsStillRun() throws Exception {
    int longBody = 15 << 20;
    for (int i = 0; i < 2; i++) {
      Socket unfinished = connect();
      head(unfinished, "POST /api/file?to=all HTTP/1.1\r\n", octets(), longBody + 1);
      unfinished.getOutputStream().write(new byte[longBody]);
    }
    await()
        .atMost(Peer.PATIENCE)
        .until(
            () -> statusOf(connect(), "POST /api/file?to=all HTTP/1.1\r\n", octets(), longBody),
            status -> status == 503);
    String command = "{\"do\":\"clear\"}";
    Socket socket = connect();
    head(
        socket,
        "POST /api/command HTTP/1.1\r\n",
        "Content-Type: application/json\r\n",
        command.length());
    socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
    assertThat(status(socket)).isEqualTo(204);
  }

  private static String octets() {
    return "Content-Type: application/octet-stream\r\n";
  }

  private int statusOf(Socket socket, String line, String headers, int bodyBytes)
      throws IOException {
    head(socket, line, headers, bodyBytes);
    try {
      socket.getOutputStream().write(new byte[bodyBytes]);
    } catch (IOException refusedBeforeAllWasSent) {
      return status(socket);
    }
    return status(socket);
  }

  private void head(Socket socket, String line, String headers, int bodyBytes) throws IOException {
    String length = bodyBytes > 0 ? "Content-Length: " + bodyBytes + "\r\n" : "";
    String head =
        line
            + "Host: 127.0.0.1:"
            + page.localAddress().getPort()
            + "\r\n"
            + PageGuard.TOKEN_HEADER
            + ": "
            + page.token()
            + "\r\n"
            + headers
            + length
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private static int status(Socket socket) throws IOException {
    socket.setSoTimeout((int) Peer.PATIENCE.toMillis());
    String line =
        new String(
            socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    return line.startsWith("HTTP/1.1 ")
        ? Integer.parseInt(line.substring("HTTP/1.1 ".length()))
        : 0;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.localAddress().getPort());
    opened.add(socket);
    return socket;
  }
}
