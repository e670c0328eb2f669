package dev.sockbed.server.command;

import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.CpuOption;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.ListenOptions;
import dev.sockbed.common.command.ShutdownHook;
import dev.sockbed.common.command.SystemOptionFlags;
import dev.sockbed.common.command.TunedSocketOptions;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.socket.LocalAddresses;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoLoop;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: echo servers until a signal ends them. */
@Command(
    name = "serve",
    description = "Echo servers over TCP and UDP (RFC 862), until Ctrl-C or SIGTERM.",
    footer = {
      "",
      "Prints one line for each listener, as in: listening tcp://127.0.0.1:10000",
      "and tells its limits on standard error: whom it will refuse or not answer.",
      "",
      "Examples:",
      "  ./sockbed serve  # TCP and UDP on 127.0.0.1:10000",
      "  ./sockbed serve --tcp --port 0  # TCP alone, on any free port",
      "  ./sockbed serve --bind localhost  # on every address of that name",
      "  ./sockbed serve --bind 0.0.0.0 --allow-remote  # for other machines, a board for one",
      "  ./sockbed serve --shards 4 --cpus 0,1,2,3  # four servers that share the work and"
          + " the port",
      "  ./sockbed serve --event-loop  # many callers who say little, by one thread",
      "  ./sockbed serve --udp --source-rate 100/s  # 100 replies a second to each source",
      "  ./sockbed serve --tcp --nodelay no --congestion cubic  # TCP's options at this end"
    })
public final class ServeCommand implements Callable<Integer> {
  /** Read by the logging configuration when the first log line is due. */
  private static final String LOG_LEVEL_PROPERTY = "sockbed.log";

  @Spec private CommandSpec spec;

  @Mixin private TunedSocketOptions socket;
  @Mixin private ListenOptions listen;
  @Mixin private CpuOption cpus;

  @Option(names = "--tcp", description = "Serve TCP, and UDP only if --udp is given too.")
  private boolean tcp;

  @Option(names = "--udp", description = "Serve UDP, and TCP only if --tcp is given too.")
  private boolean udp;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "1000",
      converter = Values.Count.class,
      description = "TCP: refuse more callers than that at once (default: ${DEFAULT-VALUE}).")
  private int maxConnections;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Values.PositiveDuration.class,
      description =
          "TCP: how long the peer may be silent until it is let go (default: ${DEFAULT-VALUE}).")
  private Duration idleTimeout = Duration.ZERO;

  @Option(
      names = "--write-timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Values.PositiveDuration.class,
      description = "TCP: let a caller go that does not read so long (default: ${DEFAULT-VALUE}).")
  private Duration writeTimeout = Duration.ZERO;

  @Option(
      names = "--source-rate",
      paramLabel = "N/s",
      converter = Values.WholeRate.class,
      description = {
        "UDP: at most that many replies a second to each source address",
        "(default: 10000/s, and no limit for loopback)."
      })
  private @Nullable Integer sourceRate;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Count.class,
      description = {
        "So many servers at each address, which share its port (default: ${DEFAULT-VALUE}).",
        "With --cpus, each has one of the processors."
      })
  private int shards = 1;

  @Option(
      names = "--event-loop",
      description = {
        "TCP: one thread for all callers of a server, instead of one for each. Faster",
        "for many with one message each in flight, slower for one caller. Sends and",
        "receives one message a call."
      })
  private boolean eventLoop;

  @Option(
      names = "--stop-at-end-of-input",
      description = "Stop when standard input ends: so that it never outlives who started it.")
  private boolean stopAtEndOfInput;

  @Option(names = "--quiet", description = "No limits, log lines and totals.")
  private boolean quiet;

  private int openedShards;

  /** Guarded by this. */
  private boolean finished;

  @Override
  public Integer call() throws SocketFailure {
    if (quiet) {
      System.setProperty(LOG_LEVEL_PROPERTY, "off");
    }
    checkEventLoop();
    checkShards();
    checkSystemOptions();
    List<Address> locals = locals();
    cpus.pin(); // The servers' threads are started by this one.
    Listeners listeners =
        shards == 1
            ? Listeners.open(locals, this::open)
            : Listeners.open(eachTimes(shards, locals), this::openShard);
    Thread finish = Thread.ofPlatform().name("sockbed-stop").unstarted(() -> finish(listeners));
    ShutdownHook.add(finish);
    PrintWriter out = spec.commandLine().getOut();
    listeners.addresses().stream()
        .distinct()
        .forEach(address -> out.println("listening " + address));
    out.flush();
    if (!quiet) {
      tellLimits(spec.commandLine().getErr());
    }
    try {
      awaitEnd();
      return ExitStatus.OK;
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    } finally {
      finish(listeners);
    }
  }

  private void checkEventLoop() {
    if (eventLoop && !transports().contains(Transport.TCP)) {
      throw new UsageException("--event-loop is for TCP: UDP has one thread anyway");
    }
    if (eventLoop && socket.io() == IoMode.BATCHED) {
      throw new UsageException("--event-loop makes no batches: use --io plain");
    }
  }

  private void checkSystemOptions() {
    socket.system().checkFor(transports());
    if (socket.system().hasTtl() && transports().contains(Transport.UDP)) {
      throw new UsageException(
          "--ttl is for --tcp: by their TTL UDP servers know each other's replies, so that they"
              + " don't answer each other for ever");
    }
  }

  private void checkShards() {
    boolean virtual = socket.threads() == ThreadKind.VIRTUAL;
    if (shards > 1 && virtual && !cpus.processors().isEmpty()) {
      throw new UsageException(
          "--cpus can't give each shard its processor with --threads virtual, which has none");
    }
  }

  /** Waits for the end of the input if that is asked for; else for ever, or until a signal. */
  private void awaitEnd() throws InterruptedException {
    if (!stopAtEndOfInput) {
      new CountDownLatch(1).await();
    }
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UsageException("can't read standard input: " + e.getMessage());
    }
  }

  /** Stops and tells the totals, once; a signal may come while that goes on already. */
  private synchronized void finish(Listeners listeners) {
    listeners.close();
    if (!quiet && !finished) {
      PrintWriter err = spec.commandLine().getErr();
      for (Transport transport : transports()) {
        err.println(TotalsLine.line(transport, listeners.counters(transport)));
      }
      err.flush();
    }
    finished = true;
  }

  private Set<Transport> transports() {
    if (tcp == udp) {
      return EnumSet.allOf(Transport.class);
    }
    return EnumSet.of(tcp ? Transport.TCP : Transport.UDP);
  }

  private List<Address> locals() throws SocketFailure {
    List<InetSocketAddress> named = listen.address(Transport.TCP).resolve();
    PrintWriter err = spec.commandLine().getErr();
    for (InetSocketAddress local : named) {
      listen.check(local.getAddress(), "echo servers", err);
    }
    List<Address> locals = new ArrayList<>();
    for (Transport transport : transports()) {
      locals.addAll(LocalAddresses.of(transport, named));
    }
    return locals;
  }

  private static List<Address> eachTimes(int times, List<Address> locals) {
    return locals.stream().flatMap(local -> Collections.nCopies(times, local).stream()).toList();
  }

  private EchoServer openShard(Address local) throws SocketFailure {
    cpus.pinToOne(openedShards++);
    return open(local);
  }

  /** Whom it will refuse is told before that happens. */
  private void tellLimits(PrintWriter err) throws SocketFailure {
    for (Transport transport : transports()) {
      err.println(
          switch (transport) {
            case TCP -> LimitsLine.line(tcpConfig());
            case UDP -> LimitsLine.line(udpConfig());
          });
    }
    if (socket.system().any()) {
      for (Transport transport : transports()) {
        err.println(SystemOptionFlags.granted(socket.of(transport)));
      }
    }
    if (socket.io() == IoMode.BATCHED && transports().contains(Transport.UDP)) {
      // What the system can do for datagrams differs, and so do the numbers.
      err.println("udp: batched with " + BatchedIo.datagramCalls());
    }
    err.flush();
  }

  private EchoServer open(Address local) throws SocketFailure {
    return switch (local.transport()) {
      case TCP ->
          eventLoop ? TcpEchoLoop.open(local, tcpConfig()) : TcpEchoServer.open(local, tcpConfig());
      case UDP -> UdpEchoServer.open(local, udpConfig());
    };
  }

  private TcpEchoServerConfig tcpConfig() {
    return TcpEchoServerConfig.DEFAULT
        .withSocket(socket.tcp())
        .withMaxConnections(maxConnections)
        .withIdleTimeout(idleTimeout)
        .withSharesPort(shards > 1)
        .withWriteTimeout(writeTimeout);
  }

  private UdpEchoServerConfig udpConfig() {
    UdpEchoServerConfig config =
        UdpEchoServerConfig.DEFAULT.withSocket(socket.udp()).withSharesPort(shards > 1);
    return sourceRate == null ? config : config.withSourceRate(sourceRate);
  }
}
