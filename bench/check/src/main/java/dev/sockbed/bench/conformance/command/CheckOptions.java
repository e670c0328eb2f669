package dev.sockbed.bench.conformance.command;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.common.Transport;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cases are run, and how: the same for servers and clients. */
final class CheckOptions {
  @Option(names = "--list", description = "List the cases and their sentences, and run none.")
  private boolean list;

  @Option(names = "--dry-run", description = "List the cases and their steps, and run none.")
  private boolean dryRun;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description =
          "Only these cases: whose ID is this or begins so; * is anything, as in 'echo/tcp/1.*'.")
  private @Nullable String only;

  @Option(
      names = {"--trials", "--repeat"},
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Count.class,
      description = "Run each case N times; the worst counts (default: ${DEFAULT-VALUE}).")
  private int repeat = 1;

  @Option(
      names = {"--case-timeout", "--timeout"},
      paramLabel = "TIME",
      converter = Values.PositiveDuration.class,
      description = {
        "Deadline of one run of a case. Three tenths of it are how long an answer may take"
            + " (default: 20s for a server, 27s for a client that --run starts, 2m for one by"
            + " hand)."
      })
  private @Nullable Duration timeout;

  @Option(
      names = "--receive-limit",
      paramLabel = "BYTES",
      defaultValue = "128",
      converter = Values.Size.class,
      description =
          "The most bytes one receive of the judged program gives (default: ${DEFAULT-VALUE}).")
  private int receiveLimit = 128;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "What to call the judged program in reports (default: its address or command).")
  private @Nullable String name;

  /** Whether only to tell what there is. */
  boolean tellsOnly() {
    return list || dryRun;
  }

  /** Tells what cases there are. */
  void tell(List<? extends Case<?>> cases, PrintWriter out) {
    for (Case<?> each : cases) {
      out.println(each.id() + "  [" + each.transport().scheme() + "] " + each.title());
      out.println("    " + each.rule().sentence());
      if (dryRun) {
        for (Step<?> step : each.steps()) {
          out.println("    - " + step.text());
        }
      }
    }
    out.println(cases.size() == 1 ? "1 case" : cases.size() + " cases");
    out.flush();
  }

  /**
   * The cases that were asked for.
   *
   * @throws UsageException if there is none
   */
  <C extends Case<?>> List<C> chosen(List<C> all, @Nullable String profile) {
    Predicate<String> wanted = only == null ? _ -> true : pattern(only).asMatchPredicate();
    List<C> chosen =
        all.stream()
            .filter(each -> profile == null || each.rule().profile().equals(profile))
            .filter(each -> wanted.test(each.id()))
            .toList();
    if (chosen.isEmpty()) {
      String which = only == null ? "profile " + profile : "--only '" + only + "'";
      throw new UsageException("there is no case for " + which + "; --list tells which there are");
    }
    return chosen;
  }

  /** {@code echo/tcp/1.1} means all of its cases, and {@code echo/tcp/1} those of its sentences. */
  private static Pattern pattern(String glob) {
    String anything =
        Pattern.compile("[^*]+").matcher(glob).replaceAll(part -> "\\\\Q" + part.group() + "\\\\E");
    return Pattern.compile(anything.replace("*", ".*") + "([/.].*)?");
  }

  /** How long cases wait. */
  Limits limits(Transport transport, Duration defaultTimeout) {
    int longest = transport == Transport.UDP ? 65_507 : Integer.MAX_VALUE;
    if (receiveLimit > longest) {
      throw new UsageException("--receive-limit over udp is at most " + longest);
    }
    return Limits.of(timeout == null ? defaultTimeout : timeout, receiveLimit);
  }

  int repeat() {
    return repeat;
  }

  String name(String otherwise) {
    return name == null ? otherwise : name;
  }

  /** The configuration in effect, for the report. */
  CheckReport.Config config(Limits limits, @Nullable String profile) {
    return new CheckReport.Config(
        only, profile, limits.deadline().toNanos(), repeat, limits.receiveLimit());
  }
}
