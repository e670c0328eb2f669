package dev.sockbed.bench.report;

import dev.sockbed.bench.output.TargetFile;
import dev.sockbed.common.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Where {@code --out} writes: the directory itself, or, if it holds a run's results already, one
 * below it that is named by date and time. So no run overwrites another's files.
 */
final class OutputDirectory {
  /** A link below the named directory to the newest run's. */
  static final String LATEST = "latest";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss", Locale.ROOT);

  private final Path named;
  private final Path directory;

  private OutputDirectory(Path named, Path directory) {
    this.named = named;
    this.directory = directory;
  }

  /**
   * Makes sure that there is a directory for a run's files.
   *
   * @param files their names
   * @throws UsageException if it can't be made
   */
  static OutputDirectory check(String flag, Path named, List<String> files) {
    TargetFile.checkDirectory(flag, named);
    boolean taken = files.stream().map(named::resolve).anyMatch(Files::exists);
    if (!taken) {
      return new OutputDirectory(named, named);
    }
    String name = NAME.format(LocalDateTime.now(ZoneId.systemDefault()));
    Path below = named.resolve(name);
    for (int i = 2; Files.exists(below); i++) {
      below = named.resolve(name + "-" + i);
    }
    TargetFile.checkDirectory(flag, below);
    return new OutputDirectory(named, below);
  }

  /** Where a file of that name goes. */
  Path resolve(String file) {
    return directory.resolve(file);
  }

  /**
   * Lets {@code latest} lead here, if that name is free or was such a link.
   *
   * @return false if the file system has no such links
   */
  boolean markLatest() {
    Path link = named.resolve(LATEST);
    boolean others = Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link);
    if (directory.equals(named) || others) {
      return true;
    }
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, directory.getFileName());
      return true;
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
