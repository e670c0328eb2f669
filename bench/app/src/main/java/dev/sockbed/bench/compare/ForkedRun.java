package dev.sockbed.bench.compare;

import dev.sockbed.bench.output.StatusLine;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.ResultsFile;
import dev.sockbed.bench.serve.ServeProcess;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.command.ExitStatus;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures the same in several JVMs one after the other, each with servers of its own: how code was
 * compiled and where memory came to lie differs from one to the next, and only so it shows. All
 * forks offer the rates that the first one chose, and each draws an order of its own.
 */
final class ForkedRun {
  /** What a fork ends with after it has said why, in a line of its own. */
  private static final Set<Integer> TOLD =
      Set.of(ExitStatus.USAGE, ExitStatus.NETWORK, ExitStatus.MISSING, ExitStatus.FAULT);

  private final int forks;
  private final List<String> arguments;
  private final long seed;
  private final Duration grace;
  private final List<Double> rates = new ArrayList<>();
  private volatile boolean cancelled;
  private volatile @Nullable ServeProcess current;

  /**
   * A run that has not begun.
   *
   * @param forks in how many JVMs
   * @param arguments of each: its options and targets
   * @param seed of the first fork
   * @param grace how long a fork may take to end when it is cancelled
   */
  ForkedRun(int forks, List<String> arguments, long seed, Duration grace) {
    this.forks = forks;
    this.arguments = List.copyOf(arguments);
    this.seed = seed;
    this.grace = grace;
  }

  /**
   * Runs one fork after the other, or what can be run until it is cancelled.
   *
   * @param cells takes each cell as soon as it is measured, marked with its fork
   * @return {@link ExitStatus#OK}, or what the fork ended with that could not go on, which has said
   *     why on standard error
   * @throws SocketFailure if a fork ended without saying why; the cells before are good
   */
  int run(StatusLine status, ComparisonRun.Cells cells) throws IOException {
    for (int fork = 1; fork <= forks && !cancelled; fork++) {
      int ended = runOne(fork, status, cells);
      if (cancelled) {
        return ExitStatus.OK;
      }
      if (TOLD.contains(ended)) {
        return ended;
      }
      if (ended != ExitStatus.OK) {
        throw new SocketFailure(
            SocketError.OTHER,
            "measure in fork %s of %s".formatted(fork, forks),
            new IOException("its process ended with exit status " + ended));
      }
    }
    return ExitStatus.OK;
  }

  private int runOne(int fork, StatusLine status, ComparisonRun.Cells cells) throws IOException {
    List<String> options = new ArrayList<>(arguments);
    options.addAll(ForkOptions.of(fork, seed + fork - 1, rates));
    try (ServeProcess child = ServeProcess.start(grace, "compare", options)) {
      current = child;
      if (cancelled) {
        child.interrupt();
      }
      int measured = 0;
      status.show("fork %d of %d: warming up".formatted(fork, forks));
      for (String line = read(child); line != null; line = read(child)) {
        Cell cell = ResultsFile.cell(line);
        cells.accept(cell);
        keepRate(fork, cell);
        measured++;
        status.show("fork %d of %d: %d measurements done".formatted(fork, forks, measured));
      }
      return child.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while fork " + fork + " ran");
    } finally {
      current = null;
    }
  }

  private static @Nullable String read(ServeProcess child) throws IOException {
    return child.output().readLine();
  }

  private void keepRate(int fork, Cell cell) {
    if (fork == 1 && cell.scenario().equals(ComparisonScenario.OFFERED_LOAD.label())) {
      double rate = Objects.requireNonNull(cell.ratePerSecond());
      if (!rates.contains(rate)) {
        rates.add(rate);
        rates.sort(null);
      }
    }
  }

  /** Ends the fork that runs, and begins no other; any thread may ask. */
  void cancel() {
    cancelled = true;
    ServeProcess running = current;
    if (running != null) {
      running.interrupt();
    }
  }
}
