package dev.sockbed.common;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs are looked for.
 *
 * @param folders separated as the system separates those of {@code PATH}
 */
public record SearchPath(String folders) {

  /** That of this process. */
  public static SearchPath ofThisProcess() {
    return new SearchPath(System.getenv().getOrDefault("PATH", ""));
  }

  /** The program of that name, from the first folder that has one; an absolute path is itself. */
  public Optional<Path> find(String program) {
    return Stream.of(folders.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
