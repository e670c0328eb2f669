package dev.sockbed.common.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Text for a page of help, set in a given width. Lines that begin at the margin are a paragraph
 * together, up to an empty line. An indented line is an example of a command, and what follows a
 * {@code #} there says what it is for: it is never folded in such a way that the shell would read
 * something else when it is pasted. Where it is too long, it goes on after a backslash, and what is
 * said of it stands above it.
 */
final class HelpText {
  private static final String INDENT = "  ";
  private static final String CONTINUED_INDENT = "      ";
  private static final String CONTINUED = " \\";
  private static final String COMMENT = "  # ";

  private final int columns;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private final List<Example> examples = new ArrayList<>();

  private HelpText(int columns) {
    this.columns = columns;
  }

  /**
   * @param command what is typed
   * @param comment what it is for, or empty
   */
  private record Example(String command, String comment) {
    static Example of(String line) {
      int comment = line.indexOf(COMMENT);
      return comment < 0
          ? new Example(line.strip(), "")
          : new Example(
              line.substring(0, comment).strip(), line.substring(comment + COMMENT.length()));
    }

    boolean fits(int columns) {
      String margin = comment.isEmpty() ? "" : COMMENT;
      return INDENT.length() + command.length() + margin.length() + comment.length() <= columns;
    }
  }

  /** Sets a text. */
  static List<String> lines(List<String> text, int columns) {
    HelpText set = new HelpText(columns);
    text.forEach(set::add);
    set.endParagraph();
    set.endExamples();
    return set.lines;
  }

  private void add(String line) {
    if (line.startsWith(INDENT)) {
      endParagraph();
      examples.add(Example.of(line));
    } else if (line.isEmpty()) {
      endParagraph();
      endExamples();
      lines.add("");
    } else {
      endExamples();
      paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
    }
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      lines.addAll(FoldedText.lines(paragraph.toString(), columns));
      paragraph.setLength(0);
    }
  }

  /** Their comments stand below each other. */
  private void endExamples() {
    int widest =
        examples.stream()
            .filter(example -> !example.comment().isEmpty() && example.fits(columns))
            .mapToInt(example -> example.command().length())
            .max()
            .orElse(0);
    for (Example example : examples) {
      String padding = " ".repeat(Math.max(0, widest - example.command().length()));
      Example aligned = new Example(example.command() + padding, example.comment());
      if (example.comment().isEmpty()) {
        addCommand(example.command());
      } else if (aligned.fits(columns)) {
        lines.add(INDENT + aligned.command() + COMMENT + aligned.comment());
      } else {
        int room = columns - INDENT.length() - "# ".length();
        FoldedText.lines(example.comment(), room).forEach(line -> lines.add(INDENT + "# " + line));
        addCommand(example.command());
      }
    }
    examples.clear();
  }

  /** A word that is longer than a line stays whole all the same, and a flag with its value. */
  private void addCommand(String command) {
    StringBuilder line = new StringBuilder(INDENT);
    List<String> parts = parts(command);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean first = line.toString().isBlank();
      int reserved = i < parts.size() - 1 ? CONTINUED.length() : 0;
      if (!first && line.length() + 1 + part.length() + reserved > columns) {
        lines.add(line + CONTINUED);
        line = new StringBuilder(CONTINUED_INDENT);
        first = true;
      }
      line.append(first ? "" : " ").append(part);
    }
    lines.add(line.toString());
  }

  /** The command's words, and in one part a flag with the word that follows it. */
  private static List<String> parts(String command) {
    List<String> parts = new ArrayList<>();
    boolean flag = false;
    for (String word : words(command)) {
      boolean dashed = word.startsWith("-");
      if (flag && !dashed) {
        parts.add(parts.removeLast() + " " + word);
      } else {
        parts.add(word);
      }
      flag = dashed && word.length() > "--".length();
    }
    return parts;
  }

  /** The command's words, those in quotes with all that is between them. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < command.length(); i++) {
      char character = command.charAt(i);
      quoted ^= character == '\'';
      if (character == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(character);
      }
    }
    words.add(word.toString());
    return words;
  }
}
