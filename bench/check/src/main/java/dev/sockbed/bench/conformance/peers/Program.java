package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.command.MissingException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client that the checker starts itself, as a process, anew for each case. */
public final class Program implements Subject {
  private final List<String> words;

  /** Whether it was started once; if it then can't be, the system is to blame. */
  private volatile boolean startable;

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

  /** Why there is nothing to be started, in a line for its user; empty if there is. */
  public Optional<String> fault() {
    if (!name().contains(File.separator)) {
      boolean found =
          Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
              .map(folder -> Path.of(folder, name()))
              .anyMatch(Files::isExecutable);
      return found ? Optional.empty() : Optional.of(missing());
    }
    Path file = Path.of(name());
    if (!Files.exists(file)) {
      return Optional.of(missing());
    }
    if (Files.isDirectory(file)) {
      return Optional.of(name() + " is a folder, not a program");
    }
    return Files.isExecutable(file)
        ? Optional.empty()
        : Optional.of(name() + " may not be executed; make it so, or name what runs it");
  }

  private String missing() {
    return "there is no program " + name() + "; name it by its path, or install it";
  }

  @Override
  public boolean goesWhereItIsTold() {
    return words.stream().anyMatch(word -> word.contains("{port}") || word.contains("{address}"));
  }

  /**
   * Starts it.
   *
   * @throws MissingException if it never could be started
   */
  @Override
  public Running start(Address server) throws Undecided {
    List<String> command =
        words.stream()
            .map(word ->
                word.replace("{host}", server.host())
                    .replace("{port}", String.valueOf(server.port()))
                    .replace("{address}", server.toString()))
            .toList();
    try {
      Run run = new Run(started(command));
      startable = true;
      return run;
    } catch (IOException e) {
      String why = "%s can't be started: %s".formatted(name(), reason(e));
      if (startable) {
        throw Undecided.inconclusive(why);
      }
      throw new MissingException(why);
    }
  }

  /** Without the program's name, which Java puts in front of what the system says. */
  private static String reason(IOException exception) {
    return String.valueOf(exception.getMessage())
        .replaceFirst("^Cannot run program \".*?\"(?: \\(in directory \".*?\"\\))?: ", "")
        .strip();
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
    public @Nullable ProcessorUse processorUse() {
      return family.processorUse();
    }

    @Override
    public void close() {
      family.kill();
    }
  }
}
