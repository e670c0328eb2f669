package dev.sockbed.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The desktop's own program for opening a page. */
final class Browser {
  private Browser() {}

  /** Opens a file; false if the program for it is not there. */
  static boolean open(Path file) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command = new ArrayList<>();
    if (system.startsWith("mac")) {
      command.add("open");
    } else if (system.startsWith("windows")) {
      command.addAll(List.of("rundll32", "url.dll,FileProtocolHandler"));
    } else {
      command.add("xdg-open");
    }
    command.add(file.toString());
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
