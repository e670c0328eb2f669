package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client that the checker starts itself, as a process, anew for each case. */
public final class Program implements Subject {
  private final List<String> words;

  private Program(List<String> words) {
    this.words = words;
  }

  /**
   * A program that is started by a command.
   *
   * @param command its words; {@code {host}}, {@code {port}} and {@code {address}} stand for where
   *     the checker listens
   * @throws IllegalArgumentException if the command is empty or a quote is never closed
   */
  public static Program of(String command) {
    return new Program(CommandLineText.words(command));
  }

  /** The program's name, as the command has it. */
  public String name() {
    return words.getFirst();
  }

  /** Whether there is such a program: a file that may be run, by its path or found in PATH. */
  public boolean exists() {
    if (name().contains(File.separator)) {
      return Files.isExecutable(Path.of(name())) && !Files.isDirectory(Path.of(name()));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name()))
        .anyMatch(Files::isExecutable);
  }

  @Override
  public Running start(Address server) throws Violation {
    List<String> command =
        words.stream()
            .map(word ->
                word.replace("{host}", server.host())
                    .replace("{port}", String.valueOf(server.port()))
                    .replace("{address}", server.toString()))
            .toList();
    try {
      return new Run(started(command));
    } catch (IOException e) {
      throw Violation.of("it can't be started: " + e.getMessage());
    }
  }

  /**
   * Starts a process. The system takes its time for that, up to seconds when it is busy, and a
   * virtual thread would hold its carrier meanwhile, of which there may be only two.
   */
  private static ProcessFamily started(List<String> command) throws IOException {
    try {
      return CompletableFuture.supplyAsync(
              () -> startedHere(command),
              task -> ThreadKind.PLATFORM.start("sockbed-check-start", task))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw e;
    }
  }

  private static ProcessFamily startedHere(List<String> command) {
    try {
      ProcessFamily family =
          ProcessFamily.start(new ProcessBuilder(command).redirectErrorStream(true));
      family.first().getOutputStream().close();
      return family;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean endsVisibly() {
    return true;
  }

  /** A process, of whose output the end is kept. */
  private static final class Run implements Running {
    private final ProcessFamily family;
    private final ProgramOutput output;

    Run(ProcessFamily family) {
      this.family = family;
      this.output = ProgramOutput.of(family.first());
    }

    @Override
    public @Nullable Integer awaitExit(Duration within) throws InterruptedException {
      Process process = family.first();
      boolean ended = process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
      return ended ? Integer.valueOf(process.exitValue()) : null;
    }

    @Override
    public String lastWords() {
      return output.lastLine();
    }

    @Override
    public @Nullable Duration processorTime() {
      return family.processorTime();
    }

    @Override
    public void close() {
      family.kill();
    }
  }
}
