package dev.sockbed.bench.conformance.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line as a person writes it: words between blanks; what stands in single or double
 * quotes is one word. There is no shell: nothing else means anything.
 */
final class CommandLineText {
  private CommandLineText() {}

  /**
   * Takes it apart.
   *
   * @throws IllegalArgumentException if it is empty, or a quote is never closed
   */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the quote " + quote + " is never closed: " + text);
    }
    if (begun) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    return words;
  }
}
