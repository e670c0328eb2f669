package dev.sockbed.bench.output;

import java.util.ArrayList;
import java.util.List;

/** Words in lines that are no longer than there is room for. */
public final class Paragraph {
  private Paragraph() {}

  /**
   * Breaks words into lines, each with its indent. A percent sign stays with its number; a word
   * that is longer than the room stands on a line of its own.
   *
   * @param first blanks before the first line
   * @param following blanks before each other one
   * @param width how long a line may be, blanks included
   */
  public static List<String> lines(String words, int first, int following, int width) {
    List<String> lines = new ArrayList<>();
    if (words.isEmpty()) {
      return lines;
    }
    int indent = first;
    StringBuilder now = new StringBuilder();
    for (String word : words.split(" (?!%)", -1)) {
      if (!now.isEmpty() && indent + now.length() + 1 + word.length() > width) {
        lines.add(" ".repeat(indent) + now);
        now.setLength(0);
        indent = following;
      }
      now.append(now.isEmpty() ? "" : " ").append(word);
    }
    lines.add(" ".repeat(indent) + now);
    return lines;
  }
}
