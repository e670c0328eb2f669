package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.NetworkContext;
import dev.sockbed.bench.link.PacketTrace;
import dev.sockbed.bench.link.Relay;
import dev.sockbed.bench.link.TcpRelay;
import dev.sockbed.bench.link.Toxics;
import dev.sockbed.bench.link.TunRelay;
import dev.sockbed.bench.link.UdpRelay;
import dev.sockbed.bench.link.control.ControlServer;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Failures;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.LocalEndOptions;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.RemoteBinding;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code link}: an emulated link between a local address and a server. */
@Command(
    name = "link",
    description = "Puts a bad network between a local address and a server, until Ctrl-C.",
    modelTransformer = LinkOptions.Flags.class,
    subcommands = LinkShellCommand.class,
    footer = {
      "",
      "Each property can be set for one direction: --up-loss, --down-delay, --up-bandwidth and"
          + " so on;",
      "up is from the client to the server.",
      "",
      "Examples:",
      "  ./sockbed link --listen udp://127.0.0.1:9000 --to udp://127.0.0.1:10000 --loss 5%%",
      "  ./sockbed link --listen udp://127.0.0.1:9000 --to udp://127.0.0.1:10000 --preset"
          + " wifi-poor --timeline train.txt",
      "  ./sockbed link --listen tcp://127.0.0.1:9000 --to tcp://127.0.0.1:10000 --delay"
          + " 50ms --jitter 10ms --bandwidth 1Mbit/s",
      "  ./sockbed link --listen tcp://127.0.0.1:9000 --to tcp://127.0.0.1:10000 --control"
          + " 127.0.0.1:8474",
      "  ./sockbed link shell --preset 3g --to tcp://127.0.0.1:10000 -- ncat 198.18.0.2 10000"
    })
public final class LinkCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Address NOWHERE = new Address(Transport.UDP, "127.0.0.1", 0);
  private static final long LOOK_MILLIS = 500;

  @Spec private CommandSpec spec;
  @Mixin private LinkOptions linkOptions;
  @Mixin private ToxicOptions toxicOptions;
  @Mixin private LocalEndOptions localOptions;
  @Mixin private ControlOptions controlOptions;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Where clients come to, as in udp://127.0.0.1:9000; port 0 picks one.")
  private @Nullable Address listenOption;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "The server, as in udp://127.0.0.1:10000.")
  private @Nullable Address targetOption;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description = "How long the link stands (default: until Ctrl-C).")
  private @Nullable Duration duration;

  @Option(names = "--allow-remote", description = "Allow an address that other machines can reach.")
  private boolean allowRemote;

  @Option(names = "--quiet", description = "No counters while it runs.")
  private boolean quiet;

  private Address listen = NOWHERE;
  private Address target = NOWHERE;
  private LocalEnd local = LocalEnd.ANY;

  /**
   * The command with the flags that {@link LinkOptions.Flags} adds, which picocli only does for a
   * command line that is made as such.
   */
  public static CommandLine commandLine() {
    return new CommandLine(new LinkCommand());
  }

  @Override
  public Integer call() throws IOException {
    if (listenOption == null || targetOption == null) {
      throw new UsageException("a link needs both --listen ADDRESS and --to ADDRESS");
    }
    if (listenOption.transport() != targetOption.transport()) {
      throw new UsageException("--listen and --to are of different transports");
    }
    listen = listenOption;
    target = targetOption.asTarget();
    local = localOptions.endWithoutPort();
    Timeline timeline = controlOptions.steered(linkOptions.timeline(spec), linkOptions.seed());
    checkListen();
    preflight();
    CountDownLatch end = new CountDownLatch(1);
    try (Interruption interruption = Interruption.watch(end::countDown, GRACE)) {
      @Nullable PacketTrace trace = linkOptions.openTrace();
      int status = run(timeline, trace, end, interruption);
      // Told here, since the process ends with the interruption.
      return trace == null || trace.fault() == null
          ? status
          : Failures.tell(spec.commandLine(), "--trace " + trace.fault(), ExitStatus.MISSING);
    }
  }

  /** Relays until the end, and closes the trace. */
  private int run(
      Timeline timeline, @Nullable PacketTrace trace, CountDownLatch end, Interruption interruption)
      throws SocketFailure {
    try (trace;
        Relay relay = open(timeline, trace);
        ControlServer control = controlOptions.open(relay, timeline)) {
      PrintWriter out = spec.commandLine().getOut();
      relay.addresses().forEach(address -> out.println("listening " + address));
      String how = relay instanceof TunRelay ? "tun" : "relay";
      out.println("link to " + target + ": " + how + ", " + timeline.changes().getFirst().spec());
      if (control != null) {
        out.println("control " + url(control) + " token " + control.token());
      }
      out.flush();
      await(relay, end);
      for (Direction direction : Direction.values()) {
        out.println(CounterLine.of(direction, relay.counters(direction)));
      }
      if (relay.unfetched() > 0) {
        out.println(CounterLine.unfetched(relay.unfetched()));
      }
      if (relay.turnedAway() > 0) {
        out.println(CounterLine.turnedAway(relay.turnedAway()));
      }
      out.flush();
      return status(relay, interruption.interrupted());
    }
  }

  private static String url(ControlServer control) {
    String address = Address.of(Transport.TCP, control.address()).toString();
    return address.replaceFirst("^tcp", "http") + "/link";
  }

  private Relay open(Timeline timeline, @Nullable PacketTrace trace) throws SocketFailure {
    Toxics toxics = toxicOptions.toxics();
    boolean udp = listen.transport() == Transport.UDP;
    if (!toxics.equals(Toxics.NONE) && (udp || linkOptions.mode() == LinkMode.TUN)) {
      throw new UsageException(
          "--slicer, --slow-close, --reset-peer, --black-hole and --limit-data are for TCP relays");
    }
    return switch (linkOptions.mode()) {
      case TUN -> tunIfPermitted(timeline, toxics, trace);
      case RELAY -> relay(timeline, toxics);
      case AUTO -> {
        boolean tun = trace != null || (!udp && toxics.equals(Toxics.NONE));
        yield tun ? tunIfPermitted(timeline, toxics, trace) : relay(timeline, toxics);
      }
    };
  }

  private Relay tunIfPermitted(Timeline timeline, Toxics toxics, @Nullable PacketTrace trace)
      throws SocketFailure {
    try {
      return TunRelay.open(listen, target, local, timeline, linkOptions.seed(), trace);
    } catch (NotPermittedException | NotOnThisSystemException e) {
      if (trace != null) { // Which a relay can't write.
        throw e;
      }
      RealLinks.useRelay(linkOptions.mode(), e, spec.commandLine().getErr());
      return relay(timeline, toxics);
    }
  }

  private Relay relay(Timeline timeline, Toxics toxics) throws SocketFailure {
    NetworkContext from = NetworkContext.from(local);
    return switch (listen.transport()) {
      case TCP -> {
        RelayLimits.check(LinkOptions.given(spec), timeline, spec.commandLine().getErr());
        yield TcpRelay.open(
            listen, NetworkContext.HERE, target, from, timeline, toxics, linkOptions.seed());
      }
      case UDP ->
          UdpRelay.open(listen, NetworkContext.HERE, target, from, timeline, linkOptions.seed());
    };
  }

  private void checkListen() throws SocketFailure {
    for (InetSocketAddress local : listen.resolve()) {
      RemoteBinding.check(local.getAddress(), allowRemote, "a link", spec.commandLine().getErr());
    }
  }

  /**
   * A TCP server that is gone already is told at once; over UDP only a client's datagram can, but a
   * local address that this machine has not is told at once over both.
   */
  private void preflight() throws SocketFailure {
    if (target.transport() == Transport.TCP) {
      TcpSocket.connected(target, TcpConfig.DEFAULT.withLocal(local)).close();
    } else if (local.address() != null) {
      UdpSocket.connected(target, UdpConfig.DEFAULT.withLocal(local)).close();
    }
  }

  private void await(Relay relay, CountDownLatch end) {
    PrintWriter err = spec.commandLine().getErr();
    long start = System.nanoTime();
    boolean told = false;
    try (StatusLine status = StatusLine.on(err, quiet)) {
      while (duration == null || System.nanoTime() - start < duration.toNanos()) {
        if (end.await(nextLook(start), TimeUnit.MILLISECONDS)) {
          return;
        }
        String fault = fault(relay);
        if (fault != null && !told) {
          err.println("warning: " + fault);
          err.flush();
          told = true;
        }
        status.show(counters(relay));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable String fault(Relay relay) {
    long unfetched = relay.unfetched();
    return unfetched > 0 ? CounterLine.unfetched(unfetched) : relay.fault();
  }

  private long nextLook(long startNanos) {
    if (duration == null) {
      return LOOK_MILLIS;
    }
    long left = duration.toMillis() - (System.nanoTime() - startNanos) / 1_000_000;
    return Math.clamp(left, 1, LOOK_MILLIS);
  }

  private static String counters(Relay relay) {
    return CounterLine.of(Direction.UP, relay.counters(Direction.UP))
        + "; "
        + CounterLine.of(Direction.DOWN, relay.counters(Direction.DOWN));
  }

  private int status(Relay relay, boolean interrupted) {
    String fault = relay.fault();
    boolean nothingCameBack = relay.counters(Direction.DOWN).snapshot().packets() == 0;
    if (fault != null && nothingCameBack) {
      throw new NetworkException(fault);
    }
    return interrupted ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }
}
