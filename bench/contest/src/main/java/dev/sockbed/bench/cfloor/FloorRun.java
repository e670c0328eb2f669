package dev.sockbed.bench.cfloor;

import dev.sockbed.bench.result.BrokenResultsException;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.serve.ServeProcess;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets C and us take turns over all cases. */
public final class FloorRun {
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** A JVM compiles what it runs much; C is what it is at once. */
  private static final int WARMUP_MILLIS = 1_500;

  private static final int MILLIS = 1_000;
  private static final int QUICK_MILLIS = 50;

  private final int trials;
  private final List<Integer> cpus;
  private final boolean quick;
  private final PrintWriter progress;

  /**
   * A run that has not begun.
   *
   * @param trials how often each side has its turn
   * @param cpus one processor at least; with one only, what needs two is left out
   * @param quick whether to show only that all of it works
   */
  public FloorRun(int trials, List<Integer> cpus, boolean quick, PrintWriter progress) {
    this.trials = trials;
    this.cpus = List.copyOf(cpus);
    this.quick = quick;
    this.progress = progress;
  }

  /**
   * Runs all trials.
   *
   * @throws dev.sockbed.common.command.MissingException if there is no C compiler
   * @throws IOException if an exchange fails
   */
  public FloorTable run() throws IOException {
    FloorTable table = new FloorTable();
    Path file = Files.createTempFile("sockbed-floor", ".json");
    try (CLoops loops = CLoops.compile()) {
      for (int trial = 1; trial <= trials; trial++) {
        for (FloorCase what : quick ? FloorCase.ofEachKind() : FloorCase.ALL) {
          if (what.place() == FloorCase.Place.TWO_CPUS && cpus.size() < 2) {
            continue;
          }
          progress.printf("trial %d of %d: %s%n", trial, trials, what);
          progress.flush();
          // Who is first in a turn changes, so that neither always follows the other.
          if (trial % 2 == 0) {
            table.addOurs(what, ours(what, file));
          }
          table.addC(what, c(loops, what));
          if (trial % 2 != 0) {
            table.addOurs(what, ours(what, file));
          }
        }
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return table;
  }

  private FloorTrial c(CLoops loops, FloorCase what) throws IOException {
    int server = what.place() == FloorCase.Place.ANY_CPU ? -1 : cpus.getLast();
    int client = what.place() == FloorCase.Place.TWO_CPUS ? cpus.getFirst() : server;
    try (CLoops.Server serving = loops.serve(what, server)) {
      return loops.ask(what, serving.port(), client, millis(WARMUP_MILLIS) / 5, millis(MILLIS));
    }
  }

  private int millis(int millis) {
    return quick ? QUICK_MILLIS : millis;
  }

  private FloorTrial ours(FloorCase what, Path file) throws IOException {
    List<String> common = new ArrayList<>(List.of("--wait", what.way().waiting()));
    common.addAll(List.of("--io", what.way().io(), "--quiet"));
    common.addAll(List.of("--receive-limit", String.valueOf(what.size())));
    List<String> serve = new ArrayList<>(common);
    serve.addAll(List.of("--port", "0", "--" + what.transport().scheme()));
    List<String> load = new ArrayList<>(common);
    load.addAll(List.of("--window", String.valueOf(what.window())));
    load.addAll(List.of("--size", String.valueOf(what.size())));
    load.addAll(List.of("--warmup", millis(WARMUP_MILLIS) + "ms"));
    load.addAll(List.of("--duration", millis(MILLIS) + "ms", "--json", "-"));
    if (what.place() != FloorCase.Place.ANY_CPU) {
      int client = what.place() == FloorCase.Place.TWO_CPUS ? cpus.getFirst() : cpus.getLast();
      serve.addAll(List.of("--cpus", String.valueOf(cpus.getLast())));
      load.addAll(List.of("--cpus", String.valueOf(client)));
    }
    try (ServeProcess server = ServeProcess.start(GRACE, serve)) {
      load.add(server.awaitAddress().toString());
      ServeProcess.run("load", load, file);
    }
    Cell cell = measured(file, what.transport());
    Long p50 = cell.serviceNs().p50();
    return new FloorTrial(
        cell.messagesPerSecond(),
        what.isRoundTrip() && p50 != null ? p50 : 0,
        cell.sent() - cell.outcomes().ok());
  }

  /** The load's own cell, not those of its floor. */
  private static Cell measured(Path file, Transport transport) throws IOException {
    try {
      return ResultsFile.read(file).cells().stream()
          .filter(cell -> cell.scenario().equals("load"))
          .filter(cell -> cell.transport().equals(transport.scheme()))
          .findFirst()
          .orElseThrow(() -> new IOException("the load generator measured nothing"));
    } catch (BrokenResultsException e) {
      throw new IOException(e);
    }
  }
}
