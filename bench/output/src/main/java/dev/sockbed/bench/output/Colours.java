package dev.sockbed.bench.output;

import dev.sockbed.common.command.Terminal;
import java.util.Map;

/** Whether and how the terminal's colours are used. */
public enum Colours {
  /** Escape sequences mark headings, transports and what went wrong. */
  ON,
  /** Plain text. */
  OFF;

  /**
   * On if standard output is a terminal that can show them and the user did not refuse them.
   *
   * @see <a href="https://no-color.org">NO_COLOR</a>
   */
  public static Colours ofThisProcess() {
    return of(System.getenv(), Terminal.OUTPUT.isTerminal());
  }

  public static Colours of(Map<String, String> environment, boolean terminal) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return terminal && !refused && !dumb ? ON : OFF;
  }

  /** Marks a heading. */
  public String heading(String text) {
    return paint("1", text);
  }

  /** Marks what is of less weight. */
  public String faint(String text) {
    return paint("2", text);
  }

  public String transport(String text, String transport) {
    return switch (transport) {
      case "tcp" -> paint("36", text);
      case "udp" -> paint("33", text);
      default -> text;
    };
  }

  /** Marks what is wrong. */
  public String bad(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return this == ON ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
