package dev.sockbed.common.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether a person sits at the other end of a standard stream: {@code isatty(3)}. */
public enum Terminal {
  /** Standard input. */
  INPUT(0),
  /** Standard output. */
  OUTPUT(1),
  /** Standard error. */
  ERROR(2);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int DEFAULT_COLUMNS = 80;

  private final int descriptor;

  Terminal(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Whether that stream of this process is a terminal. */
  public boolean isTerminal() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      // Elsewhere the JDK tells only whether input and output both are.
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
    try {
      return Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor)))
          .toString()
          .matches("/dev/(pts/\\d+|tty\\w*|console)");
    } catch (IOException closed) {
      return false;
    }
  }

  /** The terminal's width, from {@code COLUMNS}, or 80. */
  public static int columns(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : DEFAULT_COLUMNS;
  }
}
