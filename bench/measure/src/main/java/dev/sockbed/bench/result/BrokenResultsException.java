package dev.sockbed.bench.result;

/** A file that should hold results and does not: broken, of a newer form, or something else. */
public final class BrokenResultsException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message the file, the place in it where that is known, and what is wrong, in one line
   */
  public BrokenResultsException(String message) {
    super(message);
  }
}
