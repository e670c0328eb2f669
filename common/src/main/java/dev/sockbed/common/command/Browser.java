package dev.sockbed.common.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The desktop's own program that opens addresses and files. */
public final class Browser {
  private Browser() {}

  /**
   * Opens a page in the person's browser.
   *
   * @param url an address, or the path of a file
   * @return false if there is no program that could
   */
  public static boolean open(String url) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.startsWith("mac")
            ? List.of("open", url)
            : system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : List.of("xdg-open", url);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
