package dev.sockbed.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.SockbedRun;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From where clients talk, as an echo server in Python sees it, which listens at 127.0.0.1 and ::1
 * over both transports.
 */
@Tag("process")
class LocalEndCommandsTest {
  private static final String SERVER =
      """
      import socket, sys, threading
      port = int(sys.argv[1])
      seen = set()
      def saw(kind, address):
          line = "%s from %s" % (kind, address[0])
          for each in (line, line + " port %d" % address[1]):
              if each not in seen:
                  seen.add(each)
                  print(each, flush=True)
      def echo(client):
          try:
              while data := client.recv(65536):
                  client.sendall(data)
          except OSError:
              pass
          client.close()
      def tcp(listener):
          while True:
              client, address = listener.accept()
              saw("tcp", address)
              threading.Thread(target=echo, args=(client,), daemon=True).start()
      def udp(s):
          while True:
              data, address = s.recvfrom(65536)
              saw("udp", address)
              s.sendto(data, address)
      for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
          listener = socket.socket(family, socket.SOCK_STREAM)
          listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
          listener.bind((host, port))
          listener.listen(64)
          threading.Thread(target=tcp, args=(listener,), daemon=True).start()
          s = socket.socket(family, socket.SOCK_DGRAM)
          s.bind((host, port))
          threading.Thread(target=udp, args=(s,), daemon=True).start()
      print("ready", flush=True)
      threading.Event().wait()
      """;

  @TempDir private Path folder;

  private static int port;
  private static Peer server;

  @BeforeAll
  static void startServer() throws Exception {
    port = FreePort.at("127.0.0.1");
    server = Peer.python(SERVER, port);
    server.awaitOutput("ready");
  }

  @AfterAll
  static void endServer() {
    server.close();
  }

  private static SockbedRun run(String command, String... more) {
    List<String> words =
        new ArrayList<>(List.of(command.replace("PORT", String.valueOf(port)).split(" ", -1)));
    words.addAll(List.of(more));
    return SockbedRun.of(words.toArray(String[]::new));
  }

  /** Each from an address of its own, so that none is shown by another's. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.11, tcp, load tcp://localhost:PORT --count=5 --warmup=0s --quiet --connections=2",
    "127.0.0.12, udp, load udp://localhost:PORT --count=5 --warmup=0s --quiet",
    "127.0.0.13, tcp, check server tcp://localhost:PORT --only echo/tcp/1.1* --quiet",
    "127.0.0.14, udp, check server udp://localhost:PORT --only echo/udp/1.1* --quiet",
    "127.0.0.15, tcp, device tcp://localhost:PORT --count=1 --pause=0s --quiet",
    "127.0.0.16, udp, device udp://localhost:PORT --count=1 --pause=0s --quiet",
  })
  void theServerSeesTheAddressThatWasAskedFor(String local, String transport, String command) {
    SockbedRun run = run(command, "--local", local);

    assertThat(run.status()).as(run.toString()).isZero();
    server.awaitOutput(transport + " from " + local + "\n");
  }

  @Test
  void compareTalksFromThereToAServerThatIsNamed() {
    SockbedRun run =
        run(
            "compare tcp://127.0.0.1:PORT --only rtt --quick --trials 1 --quiet" + " --json -",
            "--local",
            "127.0.0.17");

    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(run.output()).contains("\"local\": \"127.0.0.17\"");
    server.awaitOutput("tcp from 127.0.0.17\n");
    server.awaitOutput("udp from 127.0.0.17\n");
    assertThat(server.output()).doesNotContain("from 127.0.0.1 ");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.21:PORT, tcp, 127.0.0.21",
    "127.0.0.22:PORT, udp, 127.0.0.22",
    "[::1]:PORT, tcp, ::1",
  })
  void theServerSeesThePortThatWasAskedFor(String local, String transport, String host)
      throws Exception {
    int own = FreePort.at("127.0.0.1");
    String from = local.replace("PORT", String.valueOf(own));
    String to = "%s://%s:%d".formatted(transport, host.equals("::1") ? "[::1]" : "127.0.0.1", port);
    // Over TCP the second time while the first connection waits in TIME_WAIT.
    for (int time = 1; time <= 2; time++) {
      SockbedRun run = run("load " + to + " --count=5 --warmup=0s --quiet", "--local", from);
      if (time == 1) {
        assertThat(run.status()).as(run.toString()).isZero();
      } else {
        // Linux takes such a port up again after a second, and says so until then.
        assertThat(run.errors())
            .satisfiesAnyOf(
                errors -> assertThat(errors).isEmpty(),
                errors -> assertThat(errors).contains("connect ").contains("EADDRNOTAVAIL"));
      }
    }
    server.awaitOutput("%s from %s port %d\n".formatted(transport, host, own));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void aLinkCallsTheServerFromThere(String transport) throws IOException {
    String local = transport.equals("tcp") ? "127.0.0.31" : "127.0.0.32";
    try (Peer link =
        SockbedProcess.start(
            "link",
            "--link-mode=relay",
            "--listen=" + transport + "://127.0.0.1:0",
            "--to=" + transport + "://127.0.0.1:" + port,
            "--local=" + local,
            "--quiet")) {
      link.awaitOutput("link to ");
      String listening = link.output().lines().findFirst().orElseThrow();
      Address near = Address.parse(listening.substring("listening ".length()));
      SocketConfig config =
          SocketConfig.defaultOf(near.transport()).withReceiveTimeout(Peer.PATIENCE);
      try (BlockingSocket socket = BlockingSocket.connected(near, config)) {
        socket.send(ByteBuffer.wrap(new byte[] {'?'}));
        assertThat(socket.receive(ByteBuffer.allocateDirect(1), 1)).isEqualTo(1);
      }
      server.awaitOutput(transport + " from " + local + "\n");
    }
  }

  @Test
  void theFamilyThatIsAskedForIsTakenOfANameThatHasBoth() throws IOException {
    Path hosts =
        Files.writeString(
            folder.resolve("hosts"), "127.0.0.1 both.test%n::1 both.test%n".formatted());
    List<String> options = new ArrayList<>(JvmFlags.ALL);
    options.add("-Djdk.net.hosts.file=" + hosts);
    String to = "tcp://both.test:" + port;
    try (Peer load =
        Peer.start(
            JavaCommand.of(
                options,
                Sockbed.class,
                "load",
                to,
                "--count=5",
                "--warmup=0s",
                "-6",
                "--json=-"))) {
      assertThat(load.awaitExit()).as(load.errors()).isZero();
      assertThat(load.output())
          .contains("\"target\": \"tcp://[::1]:" + port, "\"local\": \"IPv6\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "load udp://127.0.0.1:PORT",
    "check server tcp://127.0.0.1:PORT",
    "check server udp://127.0.0.1:PORT",
    "talk tcp://127.0.0.1:PORT",
    "talk udp://127.0.0.1:PORT",
    "compare tcp://127.0.0.1:PORT --only rtt",
    "link --listen udp://127.0.0.1:0 --to udp://127.0.0.1:PORT --link-mode=relay",
    "link --listen tcp://127.0.0.1:0 --to tcp://127.0.0.1:PORT --link-mode=relay",
  })
  void anAddressThatThisMachineHasNotIsToldInOneLine(String command) {
    SockbedRun run = run(command, "--local", "192.0.2.7", "--quiet");

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.NETWORK);
    assertThat(run.errors().lines())
        .singleElement()
        .asString()
        .contains("bind ", "192.0.2.7", "no interface has that address");
  }

  @ParameterizedTest
  @CsvSource({
    "load tcp://127.0.0.1:PORT -6",
    "check server udp://127.0.0.1:PORT -6",
    "talk udp://[::1]:PORT --ipv4",
    "device tcp://[::1]:PORT --local 127.0.0.1",
    "compare tcp://127.0.0.1:PORT --only rtt -6",
    "link --listen udp://127.0.0.1:0 --to udp://[::1]:PORT --link-mode=relay -4",
  })
  void aFamilyThatThePeerHasNotIsToldInOneLine(String command) {
    SockbedRun run = run(command, "--quiet");

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.NETWORK);
    assertThat(run.errors().lines())
        .singleElement()
        .asString()
        .contains("resolve ", "it has no address of that family (EAI_ADDRFAMILY)");
  }

  @ParameterizedTest
  @CsvSource({
    "'talk tcp://127.0.0.1:9 -4 -6', '--ipv4 and --ipv6 contradict each other'",
    "'device tcp://127.0.0.1:9 -6 --local 127.0.0.1', 'the local address 127.0.0.1 is not of IPv6'",
    "'load tcp://127.0.0.1:9 --local localhost', 'not a local address: ''localhost'''",
    "'load tcp://127.0.0.1:9 --local 127.0.0.1:5000 --connections 2', 'only one can have the port'",
    "'load tcp://127.0.0.1:9 --local 127.0.0.1:5000 --trials 2', 'only one can have the port'",
    "'check server udp://127.0.0.1:9 --local 127.0.0.1:5000', 'only one can have the port'",
    "'compare tcp://127.0.0.1:9 --local 127.0.0.1:5000', 'only one can have the port'",
    "'compare --local 127.0.0.1', 'are for servers that are named'",
    "'link --listen udp://127.0.0.1:0 --to udp://127.0.0.1:9 --local [::1]:5000', 'only one can"
        + " have the port'",
  })
  void contradictionsAreWrongUsage(String command, String fault) {
    SockbedRun run = run(command);

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.errors().lines()).singleElement().asString().contains(fault);
  }

  @Test
  void aBoardWaitsForItsAddressAsForItsLink() {
    SockbedRun run = run("device tcp://127.0.0.1:PORT --local 192.0.2.7 --link-timeout=0s --quiet");

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.NETWORK);
    assertThat(run.errors()).contains("no interface has the address 192.0.2.7");
  }
}
