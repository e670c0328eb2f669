package dev.sockbed.bench.serve;

import dev.sockbed.common.linux.JvmFlags;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code sockbed serve} in a JVM of its own, with this one's class path. It ends when it is closed,
 * and also when this process dies, however it dies.
 */
public final class ServeProcess implements Closeable {
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
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(JvmFlags.ALL);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.sockbed.bench.Sockbed", "serve", "--stop-at-end-of-input"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ServeProcess(builder.start(), grace);
  }

  /** What it prints. */
  public BufferedReader output() {
    return process.inputReader();
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
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
