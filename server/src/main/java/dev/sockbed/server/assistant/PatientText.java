package dev.sockbed.server.assistant;

import java.util.regex.Pattern;

/**
 * Text that a regular expression may look at only so often: some expressions need ages for some
 * texts, and the text comes from a stranger.
 */
public final class PatientText implements CharSequence {
  private static final int MOST_LOOKS = 2_000_000;

  private final String text;
  private int looks;

  private PatientText(String text) {
    this.text = text;
  }

  /** Whether the expression is found; if that would take too long, it is not. */
  public static boolean finds(Pattern pattern, String text) {
    try {
      return pattern.matcher(new PatientText(text)).find();
    } catch (ImpatientException | StackOverflowError e) {
      return false;
    }
  }

  /** The text was looked at too often. */
  private static final class ImpatientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ImpatientException() {
      super("too many steps", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    looks++;
    if (looks > MOST_LOOKS) {
      throw new ImpatientException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
