package dev.sockbed.bench.output;

import dev.sockbed.common.command.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;

/**
 * Tells how far a long piece of work is: one line of a terminal that is written over again and
 * again, and wiped at the end. Where nobody looks at a terminal it tells nothing.
 */
public final class StatusLine implements AutoCloseable {
  /** What wipes it from a terminal. */
  public static final String WIPE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final int columns;
  private boolean shown;

  /**
   * A line of that terminal, which shows nothing yet.
   *
   * @param columns how wide the terminal is: a longer text would leave lines behind
   */
  public StatusLine(PrintWriter terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
  }

  /**
   * A line that shows nothing yet.
   *
   * @param err where standard error goes; the line is shown only if that is a terminal that can
   *     wipe it
   * @param quiet whether the user wants none
   */
  public static StatusLine on(PrintWriter err, boolean quiet) {
    boolean show = !quiet && Terminal.ERROR.obeysEscapes();
    return new StatusLine(
        show ? err : new PrintWriter(Writer.nullWriter()), Terminal.ERROR.columns());
  }

  /** Shows a text in place of the one before. */
  public void show(String text) {
    terminal.print(WIPE + (text.length() < columns ? text : text.substring(0, columns - 1)));
    terminal.flush();
    shown = true;
  }

  /** Shows how much time is left, and a text, in place of what was shown before. */
  public void showLeft(Duration left, String text) {
    show(Math.max(0, Math.round(left.toMillis() / 1_000.0)) + " s left: " + text);
  }

  @Override
  public void close() {
    wipe();
  }

  /** Wipes the line; a text may be shown again. */
  public void wipe() {
    if (shown) {
      terminal.print(WIPE);
      terminal.flush();
      shown = false;
    }
  }
}
