package dev.sockbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A name that stands for 127.0.0.1 and ::1, and a right server at the second of them only: each
 * command that calls a server reaches it.
 */
@Tag("process")
final class NameOfBothFamiliesTest {
  private static final String NAME = "both.test";

  private static final String CLIENT_AT_THE_SECOND =
      """
      import socket, sys
      kind = socket.SOCK_STREAM if sys.argv[1] == "tcp" else socket.SOCK_DGRAM
      to = socket.socket(socket.AF_INET6, kind)
      to.settimeout(20)
      to.connect(("::1", int(sys.argv[2])))
      to.sendall(b"hello")
      echo = b""
      while len(echo) < 5:
          echo += to.recv(128)
      sys.exit(echo != b"hello")
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void talkReachesTheServer(Transport transport) throws IOException {
    try (EchoServer server = serverAtTheSecond(transport);
        Peer talk = sockbed("talk", "--quiet", target(server))) {
      talk.type("hello\n");
      talk.endInput();

      assertThat(talk.awaitExit()).as(talk.errors()).isEqualTo(ExitStatus.OK);
      assertThat(talk.output()).startsWith("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void loadReachesTheServerAndSaysAtWhichAddress(Transport transport) throws IOException {
    try (EchoServer server = serverAtTheSecond(transport);
        Peer load =
            sockbed(
                "load",
                target(server),
                "--count=50",
                "--warmup=0s",
                "--connections=2",
                "--quiet",
                "--json=-")) {
      assertThat(load.awaitExit()).as(load.errors()).isEqualTo(ExitStatus.OK);
      assertThat(load.output())
          .contains("\"target\": \"" + server.address() + "\"")
          .contains("\"ok\": 50");
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkJudgesTheServer(Transport transport) throws IOException {
    String only = "echo/" + transport.scheme() + "/1.1*";
    try (EchoServer server = serverAtTheSecond(transport);
        Peer check = sockbed("check", "server", target(server), "--only", only, "--quiet")) {
      assertThat(check.awaitExit()).as(check.output() + check.errors()).isEqualTo(ExitStatus.OK);
      assertThat(check.output()).contains("PASS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLinkListensAtBothAddressesAndReachesTheServer(Transport transport) throws IOException {
    String listen = "%s://%s:0".formatted(transport.scheme(), NAME);
    try (EchoServer server = serverAtTheSecond(transport);
        Peer link =
            sockbed(
                "link",
                "--link-mode=relay",
                "--listen",
                listen,
                "--to",
                target(server),
                "--quiet")) {
      link.awaitOutput("link to ");
      assertThat(echoesAtBoth(transport, link)).isEqualTo("hellohello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theAssistantListensAtBothAddresses(Transport transport) throws IOException {
    String mode = transport == Transport.TCP ? "tcp-server" : "udp";
    Path script =
        Files.writeString(
            folder.resolve("script"),
            "reply any echo%nopen %s %s:0%nexpect \"never\" within 60s%n".formatted(mode, NAME));
    try (Peer assistant = sockbed("assistant", "--script", script)) {
      assistant.awaitOutput("open here, too");
      assertThat(echoesAtBoth(transport, assistant)).isEqualTo("hellohello");
    }
  }

  @Test
  void theAssistantsPageIsAtBothAddressesOnOnePort() throws Exception {
    try (Peer assistant = sockbed("assistant", "--web", NAME + ":0");
        HttpClient browser = HttpClient.newHttpClient()) {
      assistant.awaitOutput("/#");
      Matcher url = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/#").matcher(assistant.output());
      assertThat(url.find()).as(assistant.output()).isTrue();
      for (String host : List.of("127.0.0.1", "[::1]")) {
        URI page = URI.create("http://" + host + ":" + url.group(1) + "/");
        assertThat(browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()))
            .returns(200, HttpResponse::statusCode);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void checkHearsAClientThatTakesTheSecondAddress(Transport transport) throws IOException {
    Peer.require("python3");
    String scheme = transport.scheme();
    Path program = Files.writeString(folder.resolve("client.py"), CLIENT_AT_THE_SECOND);
    String client = "python3 %s %s {port}".formatted(program, scheme);
    String only = "echo/" + scheme + "/4.2/right-echo";
    String listen = scheme + "://" + NAME + ":0";
    try (Peer check =
        sockbed(
            "check", "client", "--listen", listen, "--run", client, "--only", only, "--quiet")) {
      assertThat(check.awaitExit()).as(check.output() + check.errors()).isEqualTo(ExitStatus.OK);
      assertThat(check.output()).contains("PASS");
    }
  }

  /** What comes back from both addresses that a program printed. */
  private static String echoesAtBoth(Transport transport, Peer program) throws SocketFailure {
    StringBuilder echoed = new StringBuilder();
    for (String host : List.of("127.0.0.1", "[::1]")) {
      String begin = Pattern.quote(transport.scheme() + "://" + host + ":") + "\\d+";
      Matcher printed = Pattern.compile(begin).matcher(program.output());
      assertThat(printed.find()).as("%s in %s", host, program.output()).isTrue();
      SocketConfig config = SocketConfig.defaultOf(transport);
      try (BlockingSocket socket =
          BlockingSocket.connected(Address.parse(printed.group()), config)) {
        socket.send(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer buffer = ByteBuffer.allocateDirect(128);
        socket.receive(buffer, 128);
        echoed.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
      }
    }
    return echoed.toString();
  }

  private static EchoServer serverAtTheSecond(Transport transport) throws IOException {
    Address local = Address.of(transport, new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    return switch (transport) {
      case TCP -> TcpEchoServer.open(local, TcpEchoServerConfig.DEFAULT);
      case UDP -> UdpEchoServer.open(local, UdpEchoServerConfig.DEFAULT);
    };
  }

  private static String target(EchoServer server) {
    Address address = server.address();
    assertThat(AddressFamily.of(InetAddress.ofLiteral(address.host())))
        .isEqualTo(AddressFamily.INET6);
    return "%s://%s:%d".formatted(address.transport().scheme(), NAME, address.port());
  }

  private Peer sockbed(Object... arguments) throws IOException {
    Path hosts =
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 %s%n::1 %s%n".formatted(NAME, NAME));
    List<String> options = new ArrayList<>(JvmFlags.ALL);
    options.add("-Djdk.net.hosts.file=" + hosts);
    return Peer.start(JavaCommand.of(options, Sockbed.class, arguments));
  }
}
