package dev.sockbed.bench.report;

import java.io.PrintWriter;

/** One line of a terminal that is written over again and again, and wiped at the end. */
public final class StatusLine implements AutoCloseable {
  private static final String WIPE = "\r\u001b[K";

  private final PrintWriter terminal;
  private boolean shown;

  /** A line that shows nothing yet. */
  public StatusLine(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Shows a text in place of the one before. */
  public void show(String text) {
    terminal.print(WIPE + text);
    terminal.flush();
    shown = true;
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (shown) {
      terminal.print(WIPE);
      terminal.flush();
    }
  }
}
