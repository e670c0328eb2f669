package dev.sockbed.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockbed.common.Address;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Failures;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.common.testing.ProcessThreads;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Tag("socket")
class ServeCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Leftovers leftovers = Leftovers.lookNow();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  private int execute(String arguments) {
    CommandLine serve = new CommandLine(new ServeCommand());
    Values.register(serve);
    Failures.register(serve);
    serve.setOut(new PrintWriter(out));
    serve.setErr(new PrintWriter(err));
    return serve.execute(arguments.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "--port -1, port",
    "--port=-1, a port is a number from 0 to 65535",
    "--port 65536, a port is a number from 0 to 65535",
    "--port abc, a port is a number from 0 to 65535",
    "--bind 1.2.3, not an IPv4 address",
    "--bind [::1, not an IPv6 address",
    "--bind no/name, not a host name",
    "--bind 0.0.0.0, --allow-remote",
    "--bind ::, --allow-remote",
    "--bind 203.0.113.1, --allow-remote",
    "--receive-limit 0, at least 1 byte",
    "--receive-limit -5, not a size",
    "--receive-limit 1MiB, the receive limit over udp must be 1 to 65507 bytes",
    "--idle-timeout 0s, longer than zero",
    "--idle-timeout -1s, not a duration",
    "--write-timeout 0ms, longer than zero",
    "--max-connections 0, from 1",
    "--source-rate 0/s, from 1",
    "--source-rate 10/m, not a rate",
    "--threads green, platform or virtual",
    "--io fast, 'plain, batched or auto'",
    "--shards 0, from 1",
    "--port 0 --shards 2 --cpus 0 --threads virtual, with --threads virtual",
    "--port 0 --udp --event-loop, is for TCP",
    "--wait sleep, 'block, spin, or spin:50us'",
    "--port 0 --udp --nodelay no, --nodelay is for TCP",
    "--port 0 --ttl 9, --ttl is for --tcp",
    "--dscp 64, not a code point",
    "tcp://127.0.0.1:9, Unmatched argument",
  })
  void whatMakesNoSenseIsWrongUsage(String arguments, String why) {
    assertThat(execute(arguments)).isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("serve: ").contains(why, "serve --help"));
  }

  @ParameterizedTest
  @CsvSource({
    "--bind nosuch.invalid, unknown host",
    "--bind 203.0.113.1 --allow-remote --port 0, no interface has that address",
  })
  void whatTheNetworkRefusesIsOneLine(String arguments, String why) {
    assertThat(execute(arguments)).isEqualTo(ExitStatus.NETWORK);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines().filter(line -> line.startsWith("serve: ")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(why));
  }

  @Test
  void whenOneListenerFailsTheOthersAreClosedAgain() throws IOException {
    int port = FreePort.at("127.0.0.1");
    try (DatagramSocket _ = new DatagramSocket(port, LOOPBACK)) {
      assertThat(execute("--port " + port)).isEqualTo(ExitStatus.NETWORK);

      assertThat(out.toString()).isEmpty();
      assertThat(err.toString().lines())
          .singleElement()
          .satisfies(line -> assertThat(line).contains("udp://127.0.0.1:" + port, "in use"));
      try (ServerSocket tcpIsFree = new ServerSocket()) {
        tcpIsFree.bind(new InetSocketAddress(LOOPBACK, port));
      }
    }
  }

  @Test
  void bothTransportsEchoOnOnePortAndTheTotalsTellIt() throws Exception {
    List<Address> addresses =
        serveWhile(
            "--port 0",
            listening -> {
              echoTcp(listening.getFirst().port());
              echoUdp(listening.getLast().port());
            });

    assertThat(addresses).extracting(Address::toString).allMatch(a -> a.contains("127.0.0.1"));
    assertThat(addresses.getFirst().port()).isEqualTo(addresses.getLast().port());
    assertThat(err.toString().lines())
        .containsExactly(
            LimitsLine.line(TcpEchoServerConfig.DEFAULT),
            LimitsLine.line(UdpEchoServerConfig.DEFAULT),
            "tcp: 1 connections accepted, 0 refused, 1 receives, 5 bytes, 0 dropped",
            "udp: 1 datagrams received, 0 cut, 5 bytes, 0 dropped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "auto"})
  @EnabledOnOs(OS.LINUX)
  void shardsShareAPortAndTheTotalsAreThoseOfAll(String io) throws Exception {
    List<Address> addresses =
        serveWhile(
            "--port 0 --shards 3 --cpus 0 --io " + io,
            listening -> {
              for (int i = 0; i < 12; i++) { // Each from another port, so for any of the shards.
                echoTcp(listening.getFirst().port());
                echoUdp(listening.getLast().port());
              }
            });

    assertThat(addresses).hasSize(2); // Told once, however many listen there.
    assertThat(err.toString().lines())
        .contains(
            "tcp: 12 connections accepted, 0 refused, 12 receives, 60 bytes, 0 dropped",
            "udp: 12 datagrams received, 0 cut, 60 bytes, 0 dropped");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void eachShardHasAProcessorOfItsOwn() throws Exception {
    List<Integer> two = CpuAffinity.allowed().stream().limit(2).toList();
    assumeTrue(two.size() == 2, "needs two processors");
    serveWhile(
        "--port 0 --udp --shards 2 --cpus " + two.getFirst() + "," + two.getLast(),
        _ ->
            await()
                .atMost(PATIENCE)
                .untilAsserted(() ->
                    assertThat(shards())
                        .containsExactlyInAnyOrder(
                            two.getFirst().toString(), two.getLast().toString())));
  }

  /** Where the threads of this process's UDP servers may run. */
  private static List<String> shards() throws IOException {
    return ProcessThreads.processors(
        ProcessHandle.current(), name -> name.startsWith("sockbed-udp"));
  }

  @Test
  void anEventLoopServesItsCallersByOneThread() throws Exception {
    serveWhile(
        "--port 0 --event-loop",
        listening -> {
          int port = listening.getFirst().port();
          echoTcp(port);
          echoTcp(port);
          echoUdp(listening.getLast().port());
          assertThat(Thread.getAllStackTraces().keySet())
              .extracting(Thread::getName)
              .contains("sockbed-tcp-loop-" + port)
              .noneMatch(name -> name.startsWith("sockbed-tcp-accept-" + port));
        });

    assertThat(err.toString())
        .contains("tcp: 2 connections accepted, 0 refused, 2 receives, 10 bytes, 0 dropped");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anEventLoopMakesNoBatches() {
    assertThat(execute("--port 0 --event-loop --io batched")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--event-loop makes no batches: use --io plain");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whichOfTheSystemsWaysBatchesTakeIsTold() throws Exception {
    serveWhile("--port 0 --udp --io batched", _ -> {});

    assertThat(err.toString()).contains("udp: batched with sendmmsg");
  }

  @Test
  void whatTheSystemGrantsToAServersSocketsIsTold() throws Exception {
    serveWhile("--port 0 --nodelay no --send-buffer 20000 --dscp af41", _ -> {});

    assertThat(err.toString().lines())
        .filteredOn(line -> line.contains(": granted send buffer 20000 bytes, "))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith("tcp: ").contains("DSCP 34", "nodelay no"))
        .anySatisfy(line ->
            assertThat(line).startsWith("udp: ").contains("DSCP 34").doesNotContain("delay"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anOptionThatTheSystemDoesNotOfferIsToldBeforeAnythingListens() {
    assertThat(execute("--port 0 --congestion none_such")).isEqualTo(ExitStatus.MISSING);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .satisfies(line ->
            assertThat(line).startsWith("serve: can't use the congestion control none_such"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void aTransportThatIsNamedIsServedAlone(String transport) throws Exception {
    List<Address> addresses = serveWhile("--port 0 --" + transport, listening -> {});

    assertThat(addresses)
        .singleElement()
        .satisfies(address -> assertThat(address.transport().scheme()).isEqualTo(transport));
    assertThat(err.toString().lines()) // Its limits, and its totals.
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith(transport + ": "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]"})
  void anIpv6AddressNeedsNoBrackets(String host) throws Exception {
    List<Address> addresses = serveWhile("--port 0 --bind " + host, listening -> {});

    assertThat(addresses).hasSize(2).allMatch(address -> address.host().equals("::1"));
  }

  @Test
  void quietMeansNoTotals() throws Exception {
    serveWhile("--port 0 --quiet --tcp", listening -> {});

    assertThat(err.toString()).isEmpty();
    System.clearProperty("sockbed.log");
  }

  private interface Visit {
    void visit(List<Address> listening) throws IOException;
  }

  /** Serves in a thread until it listens and the visit is over; that thread is then interrupted. */
  private List<Address> serveWhile(String arguments, Visit visit) throws Exception {
    FutureTask<Integer> serve = new FutureTask<>(() -> execute(arguments));
    Thread thread = Thread.ofPlatform().name("serve-under-test").start(serve);
    int expected = arguments.contains("--tcp") || arguments.contains("--udp") ? 1 : 2;
    await().atMost(PATIENCE).until(() -> listening().size() == expected);
    visit.visit(listening());
    thread.interrupt();

    assertThat(serve.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
    return listening();
  }

  private List<Address> listening() {
    return out.toString()
        .lines()
        .map(line -> line.replaceFirst("^listening ", ""))
        .map(Address::parse)
        .toList();
  }

  private static void echoTcp(int port) throws IOException {
    try (Socket caller = new Socket(LOOPBACK, port)) {
      caller.setSoTimeout((int) PATIENCE.toMillis());
      caller.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      caller.shutdownOutput();
      // Its end comes last: then the server is done with it.
      assertThat(caller.getInputStream().readAllBytes()).asString().isEqualTo("hello");
    }
  }

  private static void echoUdp(int port) throws IOException {
    try (DatagramSocket caller = new DatagramSocket()) {
      caller.setSoTimeout((int) PATIENCE.toMillis());
      caller.connect(LOOPBACK, port);
      DatagramPacket packet = new DatagramPacket("hello".getBytes(StandardCharsets.UTF_8), 5);
      caller.send(packet);
      caller.receive(packet);
      assertThat(packet.getLength()).isEqualTo(5);
    }
  }
}
