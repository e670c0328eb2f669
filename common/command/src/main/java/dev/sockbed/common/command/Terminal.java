package dev.sockbed.common.command;

import dev.sockbed.common.linux.TerminalSize;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

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
  private static final int NARROWEST = 60;
  private static final int WIDEST = 120;

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

  /** Whether it is a terminal that obeys escape sequences, and not one that would show them. */
  public boolean obeysEscapes() {
    return isTerminal() && obeysEscapes(System.getenv());
  }

  static boolean obeysEscapes(Map<String, String> environment) {
    return !"dumb".equals(environment.get("TERM"));
  }

  /** How wide a line may be: {@code COLUMNS}, or else what the terminal says, or 80. */
  public int columns() {
    return columns(
        System.getenv(),
        () -> isTerminal() ? TerminalSize.columns(descriptor) : OptionalInt.empty());
  }

  /**
   * How wide text and tables are set: as wide as the terminal, within bounds beyond which they
   * can't be set or are hard to read.
   */
  public int textColumns() {
    return textColumns(columns());
  }

  static int columns(Map<String, String> environment, Supplier<OptionalInt> terminal) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : terminal.get().orElse(DEFAULT_COLUMNS);
  }

  static int textColumns(int columns) {
    return Math.clamp(columns, NARROWEST, WIDEST);
  }
}
