package dev.sockbed.common.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A file that may be a named pipe. Opening one waits until somebody opens its other end, which may
 * never happen; here that has a bound.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
public final class PatientFile {
  /** How long the other end may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String NOBODY_READS = "it is a pipe that nobody reads";

  private PatientFile() {}

  /**
   * Opens a file for reading.
   *
   * @throws IOException also if it is a pipe that nobody opens for writing within ten seconds
   */
  public static InputStream open(Path file) throws IOException {
    return open(file, PATIENCE);
  }

  static InputStream open(Path file, Duration patience) throws IOException {
    return within(
        file, () -> Files.newInputStream(file), patience, "it is a pipe that nobody writes to");
  }

  /**
   * Opens a file for writing, in the place of what was there.
   *
   * @param patience how long the other end may take
   * @throws IOException also if it is a pipe that nobody opens for reading within that time
   */
  public static OutputStream create(Path file, Duration patience) throws IOException {
    return within(file, () -> Files.newOutputStream(file), patience, NOBODY_READS);
  }

  /**
   * Writes a file, in the place of what was there.
   *
   * @throws IOException also if it is a pipe that is not read within ten seconds
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, PATIENCE);
  }

  static void write(Path file, byte[] content, Duration patience) throws IOException {
    try (OutputStream out = create(file, patience)) {
      // A reader may open it, and read nothing. Closing ends the writing then.
      within(file, () -> written(out, content), patience, NOBODY_READS);
    }
  }

  private static Closeable written(OutputStream out, byte[] content) throws IOException {
    out.write(content);
    return out;
  }

  /** Does what may have to wait; what comes of it too late is closed. */
  private static <T extends Closeable> T within(
      Path file, Callable<T> work, Duration patience, String otherwise) throws IOException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable task = () -> complete(result, work);
    if (mayWait(file)) {
      Thread.ofPlatform().daemon().name("sockbed-pipe").start(task);
    } else {
      task.run();
    }
    try {
      giveUpAfter(patience, result, otherwise);
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      result.completeExceptionally(e);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static <T extends Closeable> void complete(
      CompletableFuture<T> result, Callable<T> work) {
    try {
      T made = work.call();
      if (!result.complete(made)) {
        made.close(); // It was given up before: who opens the other end now is not kept waiting.
      }
    } catch (Exception | Error e) {
      result.completeExceptionally(e);
    }
  }

  private static void giveUpAfter(Duration patience, CompletableFuture<?> result, String otherwise)
      throws InterruptedException, ExecutionException {
    try {
      result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // No thread can be called back from open(2); it ends with the pipe or with this process.
      result.completeExceptionally(new IOException(otherwise, e));
    }
  }

  private static boolean mayWait(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isOther();
    } catch (NoSuchFileException notYet) {
      return false;
    }
  }
}
