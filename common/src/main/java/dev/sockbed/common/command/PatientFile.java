package dev.sockbed.common.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
   * Writes a file, in the place of what was there.
   *
   * @throws IOException also if it is a pipe that is not read within ten seconds
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, PATIENCE);
  }

  static void write(Path file, byte[] content, Duration patience) throws IOException {
    Closeable done =
        within(
            file,
            () -> {
              Files.write(file, content);
              return () -> {};
            },
            patience,
            "it is a pipe that nobody reads");
    done.close();
  }

  private static <T extends Closeable> T within(
      Path file, Callable<T> work, Duration patience, String otherwise) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    if (mayWait(file)) {
      Thread.ofPlatform().daemon().name("sockbed-pipe").start(task);
    } else {
      task.run();
    }
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // No thread can be called back from open(2); it ends with the pipe or with this process.
      throw new IOException(otherwise, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
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
