package dev.sockbed.common.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The desktop's own program that opens addresses and files. */
public final class Browser {
  /** How long a program may take to find that there is no browser. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Browser() {}

  /**
   * Opens a page in the person's browser.
   *
   * @param url an address, or the path of a file
   * @return false if there is no program that could, or it says that it can't
   */
  public static boolean open(String url) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.startsWith("mac")
            ? List.of("open", url)
            : system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : List.of("xdg-open", url);
    return started(command, PATIENCE);
  }

  /** A program that can't ends soon and says so; one that still runs is the browser itself. */
  static boolean started(List<String> command, Duration patience) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return !process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
          || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
