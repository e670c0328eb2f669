package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.common.Address;
import dev.sockbed.common.command.EscapedText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client that the checker starts itself, as a process, anew for each case. */
public final class Program implements Subject {
  private static final int KEPT_BYTES = 1_000;

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
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new Run(process);
    } catch (IOException e) {
      throw Violation.of("it can't be started: " + e.getMessage());
    }
  }

  @Override
  public boolean endsVisibly() {
    return true;
  }

  /** A process, of whose output the end is kept. */
  private static final class Run implements Running {
    private final Process process;
    private final byte[] kept = new byte[KEPT_BYTES];
    private int printed;

    Run(Process process) {
      this.process = process;
      Thread.ofVirtual().name("sockbed-check-output").start(this::collect);
    }

    private void collect() {
      try (InputStream output = process.getInputStream()) {
        int value;
        while ((value = output.read()) >= 0) {
          synchronized (kept) {
            kept[printed++ % KEPT_BYTES] = (byte) value;
          }
        }
      } catch (IOException ended) {
        // The stream of a process that was ended is closed under its reader; nothing is lost.
        return;
      }
    }

    @Override
    public @Nullable Integer awaitExit(Duration within) throws InterruptedException {
      boolean ended = process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
      return ended ? Integer.valueOf(process.exitValue()) : null;
    }

    @Override
    public String lastWords() {
      byte[] inOrder;
      synchronized (kept) {
        int length = Math.min(printed, KEPT_BYTES);
        inOrder = new byte[length];
        for (int i = 0; i < length; i++) {
          inOrder[i] = kept[(printed - length + i) % KEPT_BYTES];
        }
      }
      String text = new String(inOrder, StandardCharsets.UTF_8).strip();
      String last = text.lines().reduce((_, line) -> line).orElse("");
      return EscapedText.of(last.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Duration processorTime() {
      return process.info().totalCpuDuration().orElse(null);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
