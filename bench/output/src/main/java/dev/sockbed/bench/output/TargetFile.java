package dev.sockbed.bench.output;

import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.command.PatientFile;
import dev.sockbed.common.command.UsageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A file that will be written. An ordinary file appears whole or not at all: it is written beside
 * its place and moved there; only where that is not possible, in its place. A device or a pipe is
 * written as it comes.
 */
public final class TargetFile {
  private final Path file;
  private final boolean ordinary;

  private TargetFile(Path file, boolean ordinary) {
    this.file = file;
    this.ordinary = ordinary;
  }

  /** What writes a file's bytes. */
  public interface Content {
    /** Writes them all, without closing the stream. */
    void writeTo(OutputStream stream) throws IOException;
  }

  /**
   * Makes sure that a file can be written, without changing one that is there.
   *
   * @param flag the flag that named it, for the message
   * @throws UsageException if it can't
   */
  public static TargetFile check(String flag, Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(flag + " " + file + " is a directory; name a file");
    }
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        if (!Files.isWritable(file)) {
          throw new AccessDeniedException(file.toString());
        }
        return new TargetFile(file, false);
      }
      // A link stays a link: what it points to is replaced.
      Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Files.delete(temporary(real)); // It could be made, so it can be when it is needed.
      return new TargetFile(real, true);
    } catch (IOException e) {
      throw new UsageException(flag + " " + file + " can't be written: " + reason(e));
    }
  }

  /**
   * Makes sure that a file can be written bit by bit, without changing one that is there.
   *
   * @param flag the flag that named it, for the message
   * @throws UsageException if it can't
   */
  public static TargetFile checkInPlace(String flag, Path file) {
    TargetFile target = check(flag, file);
    if (target.ordinary && Files.exists(target.file) && !Files.isWritable(target.file)) {
      throw new UsageException(flag + " " + file + " can't be written: permission denied");
    }
    return target;
  }

  /**
   * Makes sure that a directory is there.
   *
   * @throws UsageException if it can't be made
   */
  public static void checkDirectory(String flag, Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UsageException(flag + " " + directory + " can't be made: " + reason(e));
    }
  }

  /**
   * Writes the whole file.
   *
   * @throws MissingException if it can no longer be written, as on a full disk
   */
  public void write(Content content) {
    try {
      writeWhole(content);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Why the file could not be written, for the user. */
  public MissingException unwritable(IOException exception) {
    return new MissingException(file + " can't be written: " + reason(exception));
  }

  private void writeWhole(Content content) throws IOException {
    if (!ordinary) {
      try (OutputStream stream = stream()) {
        content.writeTo(stream);
      }
      return;
    }
    Path temporary = temporary(file);
    try {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        content.writeTo(stream);
      }
      replaceBy(temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A file that something is mounted on can't be replaced, but it can be written. */
  private void replaceBy(Path temporary) throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try (OutputStream stream = stream()) {
        Files.copy(temporary, stream);
      } catch (IOException again) {
        again.addSuppressed(e);
        throw again;
      }
    }
  }

  /**
   * Opens the file to be written bit by bit, emptying it.
   *
   * @throws IOException also if it is a pipe that nobody opens for reading within ten seconds
   */
  public OutputStream stream() throws IOException {
    return stream(PatientFile.PATIENCE);
  }

  OutputStream stream(Duration patience) throws IOException {
    return PatientFile.create(file, patience);
  }

  /**
   * Whether writing this file would do away with that one, since both are the same ordinary file.
   *
   * @param other a file that is there or will be
   */
  public boolean replaces(Path other) throws IOException {
    Path place = Files.exists(other) ? other.toRealPath() : other.toAbsolutePath();
    return ordinary && file.normalize().equals(place.normalize());
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** A new file beside it, with the permissions that an ordinary new file gets. */
  private static Path temporary(Path file) throws IOException {
    String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part";
    return Files.createFile(file.resolveSibling(name));
  }

  private static String reason(IOException exception) {
    return switch (exception) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such directory";
      default -> String.valueOf(exception.getMessage());
    };
  }
}
