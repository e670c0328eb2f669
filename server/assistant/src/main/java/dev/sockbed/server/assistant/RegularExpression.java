package dev.sockbed.server.assistant;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Compiles the regular expressions of scripts and reply rules, in RE2's syntax: matching takes time
 * that is linear in the text.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>
 */
public final class RegularExpression {
  /** What RE2/J 1.8 says of a closing parenthesis too many. */
  private static final String UNDERFLOW = "stack underflow";

  private RegularExpression() {}

  /**
   * The compiled expression.
   *
   * @throws IllegalArgumentException if it is none; its message says what is wrong, and at which
   *     part of it, since RE2/J doesn't tell the position
   */
  public static Pattern of(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      String part = e.getPattern() == null ? "" : e.getPattern();
      String why = part.equals(UNDERFLOW) ? "unexpected )" : e.getDescription();
      String where = part.isEmpty() || part.equals(UNDERFLOW) ? text : part;
      throw new IllegalArgumentException(
          "the regular expression is wrong at '%s': %s".formatted(where, why), e);
    }
  }
}
