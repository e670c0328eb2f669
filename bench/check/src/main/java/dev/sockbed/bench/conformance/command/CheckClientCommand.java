package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Scene;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.bench.conformance.cases.Catalogue;
import dev.sockbed.bench.conformance.cases.ClientStarts;
import dev.sockbed.bench.conformance.cases.Rehearsal;
import dev.sockbed.bench.conformance.cases.TcpClientScene;
import dev.sockbed.bench.conformance.cases.UdpClientScene;
import dev.sockbed.bench.conformance.peers.ManualClient;
import dev.sockbed.bench.conformance.peers.Program;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.bench.conformance.peers.TcpHost;
import dev.sockbed.bench.conformance.peers.UdpCheckPeer;
import dev.sockbed.bench.conformance.run.Runner;
import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.RemoteBinding;
import dev.sockbed.common.command.Terminal;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sockbed check client}: is it a right echo client, or board's program? */
@Command(
    name = "client",
    description = {
      "Judge a client: plays the server, right and wrong, and watches what it does.",
      "",
      "With --run the client is started anew for each case. Without it, the checker waits for"
          + " each case's client, such as a board that you reset, and skips the cases that need"
          + " its exit status.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./sockbed check client --listen tcp://127.0.0.1:0 --run './echo_client tcp {host}"
          + " {port}'",
      "  ./sockbed check client --listen udp://127.0.0.1:0 --profile device --run"
          + " './sockbed device udp://{host}:{port} --pause 50ms'",
      "  ./sockbed check client --listen tcp://192.168.1.110:10000 --allow-remote"
          + " --profile device",
      "  ./sockbed check client --list --profile device",
      "",
      "Exit status: 0 every MUST is kept, 1 one is not, 2 wrong usage, 3 the address",
      "can't be listened on, 4 the program is missing, 130 interrupted."
    })
public final class CheckClientCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(27);

  /** Most of a case is waiting. */
  private static final int AT_ONCE = 8;

  /** Somebody has to walk to the board. */
  private static final Duration TIMEOUT_BY_HAND = Duration.ofMinutes(2);

  /** Ctrl-C is meant for the checker, but the terminal sends it to the client, too. */
  private static final Duration AFTERMATH = Duration.ofMillis(500);

  @Spec private CommandSpec spec;
  @Mixin private CheckOptions check;
  @Mixin private ReportOptions output;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = {
        "Where clients come to: tcp://HOST:PORT or udp://HOST:PORT; port 0 picks one."
      })
  private @Nullable Address listen;

  @Option(
      names = "--run",
      paramLabel = "COMMAND",
      description = {
        "Start the client so; {host}, {port} and {address} stand for where the checker"
            + " listens. No shell is asked: quotes keep words together, nothing else counts."
      })
  private @Nullable String run;

  @Option(
      names = "--profile",
      paramLabel = "echo|device|probe",
      defaultValue = "echo",
      description =
          "Only this profile's cases, by what kind of client it is (default: ${DEFAULT-VALUE}).")
  private String profile = "echo";

  @Option(
      names = "--parallel",
      paramLabel = "N",
      converter = Values.Count.class,
      description = {
        "Run N cases at a time, each at a port of its own; needs --run and port 0"
            + " (default: 8 with these, else 1)."
      })
  private @Nullable Integer parallel;

  @Option(names = "--allow-remote", description = "Allow an address that other machines can reach.")
  private boolean allowRemote;

  @Override
  public Integer call() throws Exception {
    Catalogue catalogue = new Catalogue(Protocol.ofThisBuild());
    if (check.tellsOnly()) {
      check.tell(check.chosen(listed(catalogue), profile), spec.commandLine().getOut());
      return ExitStatus.OK;
    }
    if (listen == null) {
      throw new UsageException("say where to --listen, as in --listen tcp://127.0.0.1:10000");
    }
    Address local = listen;
    checkParallel(local);
    List<InetSocketAddress> ends = ends(local);
    for (InetSocketAddress end : ends) {
      RemoteBinding.check(
          end.getAddress(), allowRemote, "the checker", spec.commandLine().getErr());
    }
    Subject subject = subject(local);
    output.check();
    Limits limits = limits(local, ends);
    List<Case<?>> chosen = check.chosen(listed(catalogue), profile);
    return new Judging(output, spec.commandLine(), chosen.size())
        .report(
            new CheckReport.Subject(
                check.name(run == null ? "client at " + local : run),
                Role.CLIENT.label(),
                local.toString(),
                run),
            check.config(limits, profile),
            parallel == null ? (ownPorts(local) ? AT_ONCE : 1) : parallel,
            run == null ? Duration.ZERO : AFTERMATH,
            runner ->
                switch (local.transport()) {
                  case TCP -> tcp(local, ends, subject, limits, catalogue, runner);
                  case UDP -> udp(local, ends, subject, limits, catalogue, runner);
                });
  }

  /** All that a name stands for, each once; a wildcard stays one. */
  private static List<InetSocketAddress> ends(Address local) throws SocketFailure {
    return local.resolve().stream().distinct().toList();
  }

  private Limits limits(Address local, List<InetSocketAddress> ends) {
    Limits limits = check.limits(local.transport(), run == null ? TIMEOUT_BY_HAND : TIMEOUT);
    boolean loopback = ends.stream().allMatch(end -> end.getAddress().isLoopbackAddress());
    return loopback && run != null ? limits.withoutLoss() : limits;
  }

  private Subject subject(Address local) {
    if (run == null) {
      return new ManualClient(this::note);
    }
    try {
      Program program = Program.of(run);
      program
          .fault()
          .ifPresent(fault -> {
            throw new MissingException("--run: " + fault);
          });
      if (local.port() == 0 && !program.goesWhereItIsTold()) {
        throw new UsageException(
            "--run has neither {port} nor {address}, and --listen at port 0 picks a new port for"
                + " each case; put one in");
      }
      return program;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--run: " + e.getMessage());
    }
  }

  private List<Case<?>> listed(Catalogue catalogue) {
    Stream<Case<?>> clients = catalogue.all().filter(each -> each.role() == Role.CLIENT);
    Address named = listen;
    return clients.filter(each -> named == null || each.transport() == named.transport()).toList();
  }

  private void checkParallel(Address local) {
    if (parallel != null && parallel > 1 && !ownPorts(local)) {
      throw new UsageException(
          "--parallel needs --run, and --listen at port 0: each case has a client and a port of its"
              + " own");
    }
  }

  /** A client that is started anew is told the port, so that no case meets another's client. */
  private boolean ownPorts(Address local) {
    return run != null && local.port() == 0;
  }

  private List<CaseResult> tcp(
      Address listened,
      List<InetSocketAddress> ends,
      Subject subject,
      Limits limits,
      Catalogue catalogue,
      Runner runner)
      throws SocketFailure, InterruptedException {
    List<Case<TcpClientScene>> cases = check.chosen(catalogue.tcpClients(), profile);
    Rehearsal rehearsal = new Rehearsal();
    try (TcpHost host = TcpHost.open(ends, limits.patience())) {
      if (!ownPorts(listened)) {
        return runner.run(
            cases, late -> new TcpClientScene(host, subject, after(limits, late), rehearsal));
      }
    }
    return runner.run(
        cases,
        opening(
            late -> TcpClientScene.atItsOwnPort(ends, subject, after(limits, late), rehearsal)));
  }

  private List<CaseResult> udp(
      Address listened,
      List<InetSocketAddress> ends,
      Subject subject,
      Limits limits,
      Catalogue catalogue,
      Runner runner)
      throws SocketFailure, InterruptedException {
    List<Case<UdpClientScene>> cases = check.chosen(catalogue.udpClients(), profile);
    List<InetSocketAddress> picked = picked(ends);
    List<InetSocketAddress> locals = ownPorts(listened) ? ends : picked;
    ClientStarts allStarts = new ClientStarts();
    return runner.run(
        cases,
        opening(late -> new UdpClientScene(locals, subject, after(limits, late), allStarts)));
  }

  /** Who starts a client by hand takes as long as that takes. */
  private Limits after(Limits limits, int late) {
    return run == null ? limits : limits.afterLatenessOfClient(late);
  }

  private static <S extends Scene> IntFunction<S> opening(Opening<S> opening) {
    return late -> {
      try {
        return opening.open(late);
      } catch (SocketFailure e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** The same port for all cases, so that a board needs to be told once. */
  private static List<InetSocketAddress> picked(List<InetSocketAddress> ends) throws SocketFailure {
    try (UdpCheckPeer first = UdpCheckPeer.bound("first", ends, new WireLog())) {
      int port = first.address().getPort();
      return ends.stream().map(end -> new InetSocketAddress(end.getAddress(), port)).toList();
    }
  }

  private void note(String text) {
    if (!output.quiet()) {
      String wipe = Terminal.ERROR.obeysEscapes() ? StatusLine.WIPE : "";
      spec.commandLine().getErr().println(wipe + text);
      spec.commandLine().getErr().flush();
    }
  }

  /** Opens what a case needs, given how often the client was too late. */
  @FunctionalInterface
  private interface Opening<S extends Scene> {
    S open(int late) throws SocketFailure;
  }
}
