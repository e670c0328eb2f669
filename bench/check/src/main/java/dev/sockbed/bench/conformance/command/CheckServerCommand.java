package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.cases.Catalogue;
import dev.sockbed.bench.conformance.cases.TcpServerScene;
import dev.sockbed.bench.conformance.cases.UdpServerScene;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.Durations;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.LocalEndOptions;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockbed check server ADDRESS}: is it a right echo server? */
@Command(
    name = "server",
    description = {"Judge an echo server: is each sentence of docs/protocol.md kept?", ""},
    footer = {
      "",
      "Examples:",
      "  ./sockbed check server tcp://127.0.0.1:10000",
      "  ./sockbed check server udp://192.168.1.20:10000 --only 'echo/udp/1.*'",
      "  ./sockbed check server tcp://127.0.0.1:10000 --board lesson",
      "  ./sockbed check server tcp://127.0.0.1:7 --json port.json --junit port.xml",
      "  ./sockbed check server --list",
      "",
      "Exit status: 0 every MUST is kept, 1 one is not, 2 wrong usage, 3 nothing",
      "listens there, 130 interrupted."
    })
public final class CheckServerCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration LEAST_TIMEOUT_FOR_BOARDS = Duration.ofSeconds(10);
  private static final Duration PORT_IS_CLOSED = Duration.ofMillis(20);
  private static final Duration PORT_UNREACHABLE = Duration.ofMillis(200);

  @Spec private CommandSpec spec;
  @Mixin private CheckOptions check;
  @Mixin private ReportOptions output;
  @Mixin private LocalEndOptions localOptions;

  @Parameters(
      paramLabel = "ADDRESS",
      arity = "0..1",
      description = "The server: tcp://HOST:PORT or udp://HOST:PORT.")
  private @Nullable Address address;

  @Option(
      names = "--profile",
      paramLabel = "echo|probe",
      description = "Only this profile's cases (default: both).")
  private @Nullable String profile;

  @Option(
      names = "--board",
      paramLabel = "PROFILE",
      description = {
        "Whose habits to have: call as a board does, instead of as usual: greets, receives 128"
            + " bytes at a time, pauses. One of lesson, lesson-2, esp32, rp2, k230-a (also k230),"
            + " k230-b; see docs/device.md. For servers that send back what they get, such as an"
            + " assistant with an automatic reply."
      })
  private @Nullable String boardName;

  @Option(
      names = "--lossy",
      description =
          "The way to the server may lose datagrams although it is a loopback address: through an"
              + " emulated link. Else what is lost on loopback is the server's loss.")
  private boolean lossy;

  @Override
  public Integer call() throws Exception {
    Catalogue catalogue = new Catalogue(Protocol.ofThisBuild());
    BoardProfile board = board();
    if (check.tellsOnly()) {
      check.tell(check.chosen(listed(catalogue, board), profile), spec.commandLine().getOut());
      return 0;
    }
    Address server = server();
    output.check();
    checkTimeout(board, check.limits(server.transport(), TIMEOUT));
    List<? extends Case<?>> chosen = check.chosen(listed(catalogue, board), profile);
    LocalEnd local = localOptions.endWithoutPort();
    InetSocketAddress target = preflight(server, local);
    Limits limits = limits(server, target);
    return new Judging(output, spec.commandLine(), chosen.size())
        .report(
            new CheckReport.Subject(
                check.name(name(server)), Role.SERVER.label(), server.toString(), null),
            check.config(limits, board == null ? profile : "board " + board.label()),
            1, // A server of one client at a time would fail for the company.
            Duration.ZERO,
            runner ->
                switch (server.transport()) {
                  case TCP ->
                      runner.runAgainstServer(
                          check.chosen(tcp(catalogue, board), profile),
                          late -> new TcpServerScene(target, local, limits.afterLateness(late)),
                          () -> listens(target, local));
                  case UDP ->
                      runner.runAgainstServer(
                          check.chosen(udp(catalogue, board), profile),
                          late -> new UdpServerScene(target, local, limits.afterLateness(late)),
                          () -> has(target, local));
                });
  }

  /** On loopback what is lost was lost by the server, unless an emulated link is in between. */
  private Limits limits(Address server, InetSocketAddress target) {
    Limits limits = check.limits(server.transport(), TIMEOUT);
    return target.getAddress().isLoopbackAddress() && !lossy ? limits.withoutLoss() : limits;
  }

  /** Only a refusal says that there is no server any more. */
  private static boolean listens(InetSocketAddress target, LocalEnd local) {
    Address server = Address.of(Transport.TCP, target);
    try (TcpSocket _ = TcpSocket.connected(server, TcpConfig.DEFAULT.withLocal(local))) {
      return true;
    } catch (SocketFailure e) {
      return e.error() != SocketError.REFUSED;
    }
  }

  private static boolean has(InetSocketAddress target, LocalEnd local) {
    Address server = Address.of(Transport.UDP, target);
    UdpConfig config = UdpConfig.DEFAULT.withReceiveTimeout(PORT_IS_CLOSED).withLocal(local);
    try (UdpSocket socket = UdpSocket.connected(server, config)) {
      socket.send(ByteBuffer.wrap(new byte[] {'?'}));
      socket.receive(ByteBuffer.allocateDirect(1), 1);
      return true;
    } catch (SocketFailure e) {
      return e.error() != SocketError.REFUSED;
    }
  }

  private @Nullable BoardProfile board() {
    if (boardName == null) {
      return null;
    }
    if (profile != null) {
      throw new UsageException("--board has cases of its own: leave --profile away");
    }
    try {
      return BoardProfile.of(boardName);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--board: " + e.getMessage());
    }
  }

  /** A board takes its time, and half of the rest is the server's. */
  private static void checkTimeout(@Nullable BoardProfile board, Limits limits) {
    if (board != null && limits.deadline().compareTo(LEAST_TIMEOUT_FOR_BOARDS) < 0) {
      throw new UsageException(
          "--board needs a --case-timeout of at least "
              + Durations.inWords(LEAST_TIMEOUT_FOR_BOARDS)
              + ": boards are slow");
    }
  }

  private String name(Address server) {
    return boardName == null ? server.toString() : server + ", called by a board: " + boardName;
  }

  private static List<Case<TcpServerScene>> tcp(Catalogue catalogue, @Nullable BoardProfile board) {
    return board == null ? catalogue.tcpServers() : catalogue.tcpBoards(board);
  }

  private static List<Case<UdpServerScene>> udp(Catalogue catalogue, @Nullable BoardProfile board) {
    return board == null ? catalogue.udpServers() : catalogue.udpBoards(board);
  }

  /** All cases for servers, or those of the address's transport. */
  private List<Case<?>> listed(Catalogue catalogue, @Nullable BoardProfile board) {
    Address named = address;
    return Stream.of(tcp(catalogue, board), udp(catalogue, board))
        .<Case<?>>flatMap(List::stream)
        .filter(each -> named == null || each.transport() == named.transport())
        .toList();
  }

  private Address server() {
    if (address == null) {
      throw new UsageException("name the server's ADDRESS, as in tcp://127.0.0.1:10000");
    }
    try {
      return address.asTarget();
    } catch (AddressSyntaxException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Where nothing listens there is nothing to judge.
   *
   * @return which of the name's addresses is the server's
   */
  private static InetSocketAddress preflight(Address server, LocalEnd local) throws SocketFailure {
    return switch (server.transport()) {
      case TCP -> preflightTcp(server, local);
      case UDP -> preflightUdp(server, local);
    };
  }

  private static InetSocketAddress preflightTcp(Address server, LocalEnd local)
      throws SocketFailure {
    try (TcpSocket socket = TcpSocket.connected(server, TcpConfig.DEFAULT.withLocal(local))) {
      return socket.fiveTuple().remote();
    }
  }

  /** A connected socket is told when the port is closed; a server that is there may be silent. */
  private static InetSocketAddress preflightUdp(Address server, LocalEnd local)
      throws SocketFailure {
    UdpConfig config = UdpConfig.DEFAULT.withReceiveTimeout(PORT_UNREACHABLE).withLocal(local);
    try (UdpSocket socket = UdpSocket.connected(server, config)) {
      try {
        socket.send(ByteBuffer.wrap(new byte[] {'?'}));
        socket.receive(ByteBuffer.allocateDirect(1), 1);
      } catch (SocketFailure e) {
        if (e.error() != SocketError.TIMED_OUT) {
          throw e;
        }
      }
      return socket.fiveTuple().remote();
    }
  }
}
