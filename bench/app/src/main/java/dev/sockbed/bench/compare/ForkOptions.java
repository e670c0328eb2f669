package dev.sockbed.bench.compare;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.command.Values;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** In how many client processes, one after the other, everything is measured. */
final class ForkOptions {
  /** More would take days. */
  private static final int MOST_FORKS = 100;

  /** What only the process that collects the forks' measurements needs, or what forks get anew. */
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "--forks",
          "--json",
          "--ndjson",
          "--csv",
          "--markdown",
          "--junit",
          "--out",
          "--open",
          "--max-p99",
          "--max-loss",
          "--min-rate",
          "--quiet",
          "--seed");

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "1",
      converter = Values.Count.class,
      description = {
        "Measure everything N times, each time in fresh JVMs for client and servers (of",
        "named targets only the client's). Intervals then hold for what differs from one",
        "start to the next; at least 3 are needed for a claim (default: ${DEFAULT-VALUE})."
      })
  private int forks = 1;

  @Option(names = "--as-fork", hidden = true, description = "That this is one of several forks.")
  private @Nullable Integer asFork;

  @Option(
      names = "--rates",
      split = ",",
      hidden = true,
      description = "The offered load's rates, which the first fork chose for all.")
  private List<Double> rates = new ArrayList<>();

  /**
   * How many.
   *
   * @throws UsageException if that would never end
   */
  int forks() {
    if (forks > MOST_FORKS) {
      throw new UsageException("--forks must be at most " + MOST_FORKS + ", not " + forks);
    }
    return forks;
  }

  /** Whether this process is a fork of another one, which reads what it measures. */
  boolean isFork() {
    return asFork != null;
  }

  /** The offered load's rates if another fork chose them; else none. */
  List<Double> rates() {
    return rates;
  }

  /**
   * Watches standard input, which ends when the process that started this fork does.
   *
   * @param cancel is called from another thread
   */
  static void atEndOfInput(Runnable cancel) {
    Thread.ofPlatform()
        .daemon()
        .name("sockbed-fork-input")
        .start(() -> {
          try {
            System.in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            cancel.run();
          }
        });
  }

  /** A cell of this process, which knows of which fork it is. */
  Cell mark(Cell cell) {
    return asFork == null ? cell : cell.inFork(asFork);
  }

  /** The options that make another process measure what this command line asks for. */
  static List<String> handedOn(ParseResult parsed) {
    List<String> options = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (NOT_HANDED_ON.contains(option.longestName())) {
        continue;
      }
      if (option.getValue() instanceof Boolean set) {
        options.add(option.longestName() + "=" + set);
      } else {
        option
            .originalStringValues()
            .forEach(value -> options.add(option.longestName() + "=" + value));
      }
    }
    return options;
  }

  /** What tells a process that it is a fork, beside {@link #handedOn} and its own seed. */
  static List<String> of(int fork, long seed, List<Double> rates) {
    List<String> options = new ArrayList<>(List.of("--ndjson=-", "--quiet"));
    options.add("--as-fork=" + fork);
    options.add("--seed=" + seed);
    if (!rates.isEmpty()) {
      options.add("--rates=" + String.join(",", rates.stream().map(String::valueOf).toList()));
    }
    return options;
  }
}
