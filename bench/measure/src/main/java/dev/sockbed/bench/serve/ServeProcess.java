package dev.sockbed.bench.serve;

import dev.sockbed.common.Address;
import dev.sockbed.common.linux.JvmFlags;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code sockbed serve}, or another command of sockbed's that reads standard input to its end, in a
 * JVM of its own, with this one's class path. It ends when it is closed, and also when this process
 * dies, however it dies: then its input ends.
 */
public final class ServeProcess implements Closeable {
  /** What a line begins with that tells where a server listens. */
  public static final String LISTENING = "listening ";

  private final Process process;
  private final Duration grace;

  private ServeProcess(Process process, Duration grace) {
    this.process = process;
    this.grace = grace;
  }

  /**
   * Starts it; what it says about errors goes where this process's errors go.
   *
   * @param grace how long it may take to end when it is closed
   * @param options the command's
   */
  public static ServeProcess start(Duration grace, List<String> options) throws IOException {
    List<String> more = new ArrayList<>(options);
    more.add("--stop-at-end-of-input");
    return start(grace, "serve", more);
  }

  /**
   * Starts another command; what it says about errors goes where this process's errors go.
   *
   * @param grace how long it may take to end when it is closed
   * @param name the command, which is to end when its standard input does
   * @param options its options
   */
  public static ServeProcess start(Duration grace, String name, List<String> options)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(name, options)).redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ServeProcess(builder.start(), grace);
  }

  /**
   * Runs another command of sockbed's in a JVM of its own to its end; what it says about errors
   * goes where this process's errors go.
   *
   * @param output gets what it prints
   * @throws IOException if it ends with another status than 0
   */
  public static void run(String name, List<String> options, Path output) throws IOException {
    Process process =
        new ProcessBuilder(command(name, options))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(name + " ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(String name, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JvmFlags.ALL);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.sockbed.bench.Sockbed", name));
    command.addAll(options);
    return command;
  }

  /**
   * Waits for the line that tells where it listens; for {@code serve} with one transport.
   *
   * @throws IOException if it ends before
   */
  public Address awaitAddress() throws IOException {
    String line = output().readLine();
    if (line == null) {
      throw new IOException("the server ended before it listened");
    }
    return Address.parse(line.replace(LISTENING, ""));
  }

  /** What it prints. */
  public BufferedReader output() {
    return process.inputReader();
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Waits for its end, after its output was read to the end.
   *
   * @return its exit status
   */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Asks it to end, by SIGTERM; what it prints until then can be read still. */
  public void interrupt() {
    process.toHandle().destroy(); // The process's own would close its output.
  }

  /** Ends it at once. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Ends it, by asking first. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
