package dev.sockbed.common.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.SearchPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Somebody else's program, run as a process to talk to over a real socket. What it prints is
 * collected as it comes. Closing ends it.
 */
public final class Peer implements AutoCloseable {
  /** No peer in these tests needs longer for anything. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);

  /**
   * What makes a process take SIGINT again: whatever runs in a shell's background ignores it, and
   * so do all the processes that it starts.
   */
  private static final String HEED_INTERRUPTS =
      """
      import os, signal, sys
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      os.execv(sys.argv[1], sys.argv[1:])
      """;

  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final List<Thread> collectors;

  private Peer(Process process) {
    this.process = process;
    this.collectors =
        List.of(
            collect(process.getInputStream(), output), collect(process.getErrorStream(), errors));
  }

  /**
   * Starts a program. If it is not installed, the test is skipped, saying so; in CI it fails.
   *
   * @param command the program, by its whole path or found through PATH, and its arguments
   */
  public static Peer start(String... command) {
    require(command[0]);
    try {
      return new Peer(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a Python 3 program given as text. */
  public static Peer python(String program, Object... arguments) {
    Stream<String> head = Stream.of("python3", "-u", "-c", program);
    return start(
        Stream.concat(head, Stream.of(arguments).map(String::valueOf)).toArray(String[]::new));
  }

  /** Starts a program as in a terminal: Ctrl-C (SIGINT) ends it. */
  public static Peer startInterruptible(String... command) {
    return python(HEED_INTERRUPTS, (Object[]) command);
  }

  /** Sends a signal, as in {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Skips the test unless that program is installed; in CI, fails it. */
  public static void require(String program) {
    require(SearchPath.ofThisProcess().find(program).isPresent(), program);
  }

  /** The same for a module of Python; gives the interpreter that has it. */
  public static String pythonWith(String module) {
    for (String interpreter : List.of("python3", "/usr/bin/python3")) {
      try (Peer importing = start(interpreter, "-c", "import " + module)) {
        if (importing.awaitExit() == 0) {
          return interpreter;
        }
      }
    }
    require(false, "Python's " + module);
    return "";
  }

  /** The same for a C library that {@code pkg-config} knows, with its headers. */
  public static void requireLibrary(String library) {
    try (Peer packages = start("pkg-config", "--exists", library)) {
      require(packages.awaitExit() == 0, "the C library " + library);
    }
  }

  private static void require(boolean installed, String what) {
    if (!installed && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(what + " is not installed, and CI must have it");
    }
    Assumptions.assumeTrue(installed, what + " is not installed");
  }

  /** Writes to the program's standard input. */
  public void type(String text) {
    type(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes to the program's standard input. */
  public void type(byte[] bytes) {
    try {
      OutputStream input = process.getOutputStream();
      input.write(bytes);
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the program's standard input. */
  public void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the program's standard output contains {@code text}. */
  public void awaitOutput(String text) {
    await("output of " + process.info().command().orElse("the peer"))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(output() + errors()).contains(text));
  }

  /**
   * Waits for the line {@code PREFIX number} on standard output.
   *
   * @return the number, which is usually the port that a server was given
   */
  public int awaitNumber(String prefix) {
    String line =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    output()
                        .lines()
                        .filter(printed -> printed.matches(prefix + " \\d+"))
                        .findFirst()
                        .orElse(""),
                printed -> !printed.isEmpty());
    return Integer.parseInt(line.substring(prefix.length() + 1));
  }

  /**
   * Waits until the program has ended and all that it printed was collected.
   *
   * @return its exit status
   */
  public int awaitExit() {
    return awaitExit(PATIENCE);
  }

  /** The same for a program that takes longer. */
  public int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running; it printed: " + output() + errors());
      }
      for (Thread collector : collectors) {
        assertThat(collector.join(PATIENCE)).isTrue();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it printed so far on standard output. */
  public String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** What it printed so far on standard output, as bytes. */
  public byte[] outputBytes() {
    return output.toByteArray();
  }

  /** What it printed so far on standard error. */
  public String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** The running program. */
  public Process process() {
    return process;
  }

  /** Ends the program, and waits for that. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
  }

  private static Thread collect(InputStream from, ByteArrayOutputStream into) {
    // Reading a process's output holds a virtual thread's carrier, and there may be only two.
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            from.transferTo(into);
          } catch (IOException e) {
            // The stream of a process that was ended is closed under its reader.
            if (!"Stream closed".equals(e.getMessage())) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
