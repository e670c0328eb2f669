package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.LinkedProcess;
import dev.sockbed.bench.link.PacketTrace;
import dev.sockbed.bench.link.Relay;
import dev.sockbed.bench.link.TunLink;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code link shell}: somebody else's program behind an emulated link. */
@Command(
    name = "shell",
    description = "Runs a command in a network of its own, behind an emulated link.",
    modelTransformer = LinkOptions.Flags.class,
    footer = {
      "",
      "The other end of the link is 198.18.0.2. What --to names can be reached there at"
          + " the same",
      "port, and --peer runs a command there. Nothing else can be reached.",
      "",
      "Examples:",
      "  ./sockbed link shell --loss 5%% --to tcp://127.0.0.1:10000 -- ncat 198.18.0.2 10000",
      "  ./sockbed link shell --preset wifi-poor --peer 'iperf3 -s' -- iperf3 -c 198.18.0.2",
      "",
      "The exit status is the command's."
    })
public final class LinkShellCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LinkOptions linkOptions;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description =
          "A server of this machine that can be reached behind the link; may be repeated.")
  private List<Address> targets = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "COMMAND",
      description = "A command line to run at the other end of the link.")
  private @Nullable String peer;

  @Option(names = "--quiet", description = "No counters at the end.")
  private boolean quiet;

  @Parameters(
      paramLabel = "COMMAND",
      description = "The command and its arguments (default: a shell).")
  private List<String> command = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (linkOptions.mode() == LinkMode.RELAY) {
      throw new UsageException("--link-mode relay: a shell needs a network of its own (tun)");
    }
    Timeline timeline = linkOptions.timeline(spec);
    List<Relay> doors = new ArrayList<>();
    @Nullable PacketTrace trace = linkOptions.openTrace();
    try (trace;
        TunLink link = TunLink.open(timeline, linkOptions.seed(), trace)) {
      for (Address target : targets) {
        doors.add(link.door(target.asTarget()));
      }
      int status = LinkedProcess.run(link, commandOrShell(), peer);
      tell(link);
      return status;
    } finally {
      doors.forEach(Relay::close);
      if (trace != null && trace.fault() != null) {
        spec.commandLine().getErr().println("warning: --trace " + trace.fault());
        spec.commandLine().getErr().flush();
      }
    }
  }

  private List<String> commandOrShell() {
    return command.isEmpty() ? List.of(System.getenv().getOrDefault("SHELL", "/bin/sh")) : command;
  }

  private void tell(TunLink link) {
    if (quiet) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    for (Direction direction : Direction.values()) {
      err.println(CounterLine.of(direction, link.counters(direction)));
    }
    long unfetched = link.unfetched();
    if (unfetched > 0) {
      err.println("warning: " + CounterLine.unfetched(unfetched));
    }
    String fault = link.fault();
    if (fault != null) {
      err.println("warning: " + fault);
    }
    err.flush();
  }
}
