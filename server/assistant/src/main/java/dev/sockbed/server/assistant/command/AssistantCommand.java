package dev.sockbed.server.assistant.command;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressSyntaxException;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.command.Browser;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.ListenOptions;
import dev.sockbed.common.command.ShutdownHook;
import dev.sockbed.common.command.SystemOptionFlags;
import dev.sockbed.common.command.TextLines;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Mode;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.console.Console;
import dev.sockbed.server.assistant.script.ScriptRunner;
import dev.sockbed.server.assistant.web.PageServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sockbed assistant}: the page, the console, or a script. */
@Command(
    name = "assistant",
    description = {
      "The operator's network assistant: a TCP server, TCP client or UDP end that a person",
      "works from a page in the browser, from the terminal, or by a script."
    },
    footer = {
      "",
      "Examples:",
      "  ./sockbed assistant --open  # the page, in your browser",
      "  ./sockbed assistant --mode tcp-server --port 10000 --start",
      "  ./sockbed assistant --console  # in this terminal; type help",
      "  ./sockbed assistant --script lesson.txt  # exit status 1 if something did not come",
      "  ./sockbed assistant --script saved.jsonl  # does a saved transcript again"
    })
public final class AssistantCommand implements Callable<Integer> {
  /** A transcript of 32 MiB, the most that is kept, takes up to six characters a byte as text. */
  private static final int LONGEST_SCRIPT_BYTES = 256 << 20;

  @Spec private CommandSpec spec;

  @Mixin private ListenOptions listen;
  @Mixin private SystemOptionFlags system;

  @Option(
      names = "--web",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8010",
      description = "Where the page is served (default: ${DEFAULT-VALUE}); port 0 picks.")
  private String web = "127.0.0.1:8010";

  @Option(names = "--open", description = "Open the page in a browser.")
  private boolean open;

  @Option(names = "--console", description = "Work in this terminal; no page.")
  private boolean console;

  @Option(
      names = "--script",
      paramLabel = "FILE|-",
      description = "Run a script or replay a saved transcript; - reads standard input. No page.")
  private @Nullable String script;

  @Option(
      names = "--mode",
      paramLabel = "tcp-server|tcp-client|udp",
      converter = ModeName.class,
      description = "What to be; a tcp-client connects to --host, the others listen there.")
  private @Nullable Mode mode;

  @Option(
      names = "--receive-limit",
      paramLabel = "BYTES",
      defaultValue = "128",
      converter = Values.Size.class,
      description = "The most bytes one receive gives (default: ${DEFAULT-VALUE}).")
  private int receiveLimit;

  @Option(names = "--start", description = "Open it at once; needs --mode.")
  private boolean start;

  /** Reads a mode, and says which there are. */
  static final class ModeName implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String text) {
      return Values.read(Mode::parse, text);
    }
  }

  @Override
  public Integer call() throws SocketFailure, IOException, InterruptedException {
    if (console && script != null) {
      throw new UsageException("--console and --script don't go together; name one");
    }
    if (start && (mode == null || script != null)) {
      throw new UsageException(
          script == null ? "--start needs --mode" : "a script opens what it needs; drop --start");
    }
    if (mode != null) {
      system.checkFor(List.of(mode.transport()));
    }
    TcpConfig tcp = system.change(TcpConfig.DEFAULT);
    UdpConfig udp = system.change(UdpConfig.DEFAULT);
    if (system.any()) {
      tellGranted(tcp, udp);
    }
    try (Assistant assistant = new Assistant(listen.allowRemote(), tcp, udp)) {
      if (script != null) {
        return runScript(assistant, script);
      }
      SessionSetup preset = setup();
      return console ? runConsole(assistant, preset) : runPage(assistant, preset);
    }
  }

  /** What the system can't grant is told now, and not when a session is opened. */
  private void tellGranted(TcpConfig tcp, UdpConfig udp) throws SocketFailure {
    for (SocketConfig config : List.of(tcp, udp)) {
      if (mode == null || mode.transport() == config.transport()) {
        err().println(SystemOptionFlags.granted(config));
      }
    }
    err().flush();
  }

  private @Nullable SessionSetup setup() {
    if (mode == null) {
      return null;
    }
    try {
      return new SessionSetup(mode, listen.address(mode.transport()), null, receiveLimit);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void startIfAsked(Assistant assistant, @Nullable SessionSetup setup)
      throws SocketFailure {
    if (!start || setup == null) {
      return;
    }
    try {
      assistant.open(setup);
      out().println("opened " + setup.mode().label() + " " + assistant.state().localAddress());
      out().flush();
    } catch (AssistantException e) {
      if (e.getCause() instanceof SocketFailure failure) {
        throw failure;
      }
      throw new UsageException(e.text());
    }
  }

  private int runPage(Assistant assistant, @Nullable SessionSetup preset)
      throws SocketFailure, InterruptedException {
    Address address = webAddress();
    List<InetSocketAddress> where = address.resolve();
    for (InetSocketAddress local : where) {
      listen.check(local.getAddress(), "the assistant's page", err());
    }
    PageServer.Options options =
        new PageServer.Options(address.host(), listen.allowRemote(), preset);
    CountDownLatch ended = new CountDownLatch(1);
    try (PageServer page = PageServer.start(assistant, where, options)) {
      startIfAsked(assistant, preset);
      out().println("assistant " + page.url());
      out().flush();
      if (open && !Browser.open(page.url())) {
        err().println("no browser could be started; open the address above yourself");
        err().flush();
      }
      // Ctrl-C and SIGTERM: peers are told goodbye before the process ends.
      ShutdownHook.add(new Thread(assistant::close, "sockbed-assistant-stop"));
      ended.await();
    }
    return ExitStatus.OK;
  }

  private Address webAddress() {
    try {
      return Address.parse(Transport.TCP.scheme() + "://" + web);
    } catch (AddressSyntaxException e) {
      throw new UsageException("--web: " + e.getMessage());
    }
  }

  private int runConsole(Assistant assistant, @Nullable SessionSetup preset)
      throws SocketFailure, IOException {
    startIfAsked(assistant, preset);
    try (Console view = new Console(assistant)) {
      view.run();
    }
    return ExitStatus.OK;
  }

  private int runScript(Assistant assistant, String file) throws IOException, InterruptedException {
    ScriptRunner runner =
        new ScriptRunner(
            assistant,
            out(),
            problem -> {
              err().println(spec.qualifiedName() + ": " + problem);
              err().flush();
            });
    if (file.equals("-")) {
      String name = "standard input";
      return runner.run(name, TextLines.read(System.in, name, "a script", LONGEST_SCRIPT_BYTES));
    }
    return runner.run(file, TextLines.read(Path.of(file), "a script", LONGEST_SCRIPT_BYTES));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
