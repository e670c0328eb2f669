package dev.sockbed.client.command;

import dev.sockbed.client.device.Board;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.client.device.BoardProgram;
import dev.sockbed.client.device.BoardSettings;
import dev.sockbed.client.device.LinkDownException;
import dev.sockbed.client.device.MissingEquipmentException;
import dev.sockbed.client.device.Screen;
import dev.sockbed.client.device.Summary;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.command.ExitStatus;
import dev.sockbed.common.command.Interruption;
import dev.sockbed.common.command.LocalEndOptions;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.NetworkException;
import dev.sockbed.common.command.SocketOptions;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sockbed device}: the board's program. */
@Command(
    name = "device",
    description = {
      "The board's program: join the network, greet a network assistant, answer it.",
      "",
      "What is received goes to standard output: to a pipe or a file as the bytes that"
          + " it is, and nothing else; on a terminal as a line for each receive, where control"
          + " characters are spelled out, as in \\x1b. All else goes to standard error.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./sockbed device tcp://192.168.1.110:10000",
      "  ./sockbed device udp://127.0.0.1:10000 --count 3 --pause 0s",
      "  ./sockbed device tcp://127.0.0.1:10000 --interface wlan0 --light sysfs:ACT",
      "  ./sockbed device tcp://192.168.1.110:10000 --wifi 01Studio",
      "  ./sockbed device tcp://127.0.0.1:10000 --board k230-a",
      "",
      "Exit status: 0 the assistant closed, or --count or --idle-timeout was reached,",
      "1 with --board lesson: what was received is no UTF-8 text, 2 wrong usage,",
      "3 no link, or the assistant refused or broke off, 4 light or nmcli missing,",
      "130 interrupted. There is no close over UDP."
    })
public final class DeviceCommand implements Callable<Integer> {
  /** How long the program may take to end when it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Supplier<Surroundings> surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ADDRESS",
      description = "The network assistant: tcp://HOST:PORT or udp://HOST:PORT.")
  private Address assistant;

  @Mixin private SocketOptions socketOptions;

  @Mixin private LocalEndOptions localOptions;

  @Mixin private BoardLinkOptions linkOptions;

  @Mixin private LightOptions lightOptions;

  @Option(
      names = "--greeting",
      paramLabel = "TEXT",
      defaultValue = BoardSettings.DEFAULT_GREETING,
      description = "What to send first (default: ${DEFAULT-VALUE}).")
  private String greeting = BoardSettings.DEFAULT_GREETING;

  @Option(
      names = "--reply-prefix",
      paramLabel = "TEXT",
      defaultValue = BoardSettings.DEFAULT_REPLY_PREFIX,
      description = "What to send before what was received (default: ${DEFAULT-VALUE}).")
  private String replyPrefix = BoardSettings.DEFAULT_REPLY_PREFIX;

  @Option(
      names = {"--board", "--profile"},
      paramLabel = "PROFILE",
      defaultValue = "sockbed",
      description = {
        "Whose habits to have (default: ${DEFAULT-VALUE}): sockbed (ours), lesson, lesson-2 (the"
            + " lesson's first and later program), esp32, rp2, k230-a, k230-b (those boards' socket"
            + " layers; k230 is k230-a); see docs/device.md."
      })
  private String profile = BoardProfile.SOCKBED.label();

  @Option(
      names = "--pause",
      paramLabel = "TIME",
      description =
          "How long to do nothing after each reply (default: 300ms for sockbed and lesson, else"
              + " 50ms).")
  private @Nullable Duration pause;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Values.Count.class,
      description = "End after N messages were answered (default: never).")
  private @Nullable Integer count;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description = "How long the peer may be silent before this ends (default: for ever).")
  private Duration idleTimeout = Duration.ZERO;

  @Option(names = "--quiet", description = "No lines but errors and what is received.")
  private boolean quiet;

  /** The board's program in the surroundings of this process. */
  public DeviceCommand() {
    this(Surroundings::ofProcess);
  }

  DeviceCommand(Supplier<Surroundings> surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try {
      Summary summary = run(program());
      if (summary.failure() != null) {
        throw summary.failure();
      }
      return switch (summary.ending()) {
        case INTERRUPTED -> ExitStatus.INTERRUPTED;
        case NOT_TEXT -> {
          if (quiet) { // Else the summary has said so.
            spec.commandLine().getErr().println(summary.ending().reason());
          }
          yield ExitStatus.BAD_ANSWER;
        }
        case CLOSED_BY_PEER, ENOUGH_REPLIES, IDLE, FAILED -> ExitStatus.OK;
      };
    } catch (LinkDownException e) {
      throw new NetworkException(String.valueOf(e.getMessage()));
    } catch (MissingEquipmentException e) {
      throw new MissingException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED;
    }
  }

  /** On a thread of the kind asked for, which Ctrl-C interrupts. */
  private Summary run(BoardProgram program) throws Exception {
    FutureTask<Summary> running = new FutureTask<>(program::run);
    Thread board = socketOptions.threads().start("sockbed-board", running);
    try (Interruption _ = Interruption.watch(board::interrupt, GRACE)) {
      Summary summary = running.get();
      say(summary.toString());
      return summary;
    } catch (ExecutionException e) {
      throw causeOf(e);
    }
  }

  private static Exception causeOf(ExecutionException e) {
    return switch (e.getCause()) {
      case SocketFailure failure -> failure;
      case IOException failure ->
          new MissingException("standard output can't be written: " + failure.getMessage());
      case Exception failure -> failure;
      case null, default -> e;
    };
  }

  private BoardProgram program() {
    try {
      Address target = assistant.asTarget();
      Surroundings around = surroundings.get();
      Board board =
          new Board(
              linkOptions.link(target, localOptions.end(), around),
              lightOptions.light(this::say),
              around.time(),
              screen(around.streams()),
              this::say);
      return new BoardProgram(board, settings(target));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private BoardSettings settings(Address target) {
    SocketConfig socket =
        switch (target.transport()) {
          case TCP -> socketOptions.tcp().withLocal(localOptions.end());
          case UDP -> socketOptions.udp().withLocal(localOptions.end());
        };
    BoardProfile habits = BoardProfile.of(profile);
    return new BoardSettings(
        target,
        socket.withReceiveTimeout(idleTimeout),
        linkOptions.timeout(),
        readable("--greeting", greeting),
        readable("--reply-prefix", replyPrefix),
        pause == null ? habits.pause() : pause,
        count == null ? BoardSettings.WITHOUT_END : count,
        habits);
  }

  /** A terminal gets each receive on a line, and no control characters; all else bare bytes. */
  private static Screen screen(StandardStreams streams) {
    return streams.outputIsTerminal()
        ? new Display(streams.out(), Display.Format.ESCAPED)::showMessage
        : new Display(streams.out(), Display.Format.RAW)::showPart;
  }

  /** The JVM reads its arguments in the locale's encoding; what it can't read, it replaces. */
  private static String readable(String option, String text) {
    if (text.indexOf('\ufffd') >= 0) {
      throw new UsageException(
          option + " has characters that this locale does not; set LC_ALL=C.UTF-8");
    }
    return text;
  }

  private void say(String line) {
    if (!quiet) {
      spec.commandLine().getErr().println(line);
      spec.commandLine().getErr().flush();
    }
  }
}
