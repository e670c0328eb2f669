package dev.sockbed.common.command;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Text in lines that a terminal can show: folded between words, and a word that is longer than a
 * line wherever the line ends. Characters that a terminal shows in two columns, such as Chinese
 * ones, count twice.
 *
 * @see <a href="https://www.unicode.org/reports/tr11/">East Asian Width</a>
 */
public final class FoldedText {
  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HANGUL,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI);

  private static final int FIRST_CJK_PUNCTUATION = 0x3000;
  private static final int LAST_CJK_PUNCTUATION = 0x303e;
  private static final int FIRST_FULL_WIDTH = 0xff01;
  private static final int LAST_FULL_WIDTH = 0xff60;
  private static final int FIRST_PICTURE = 0x1f300;
  private static final int LAST_PICTURE = 0x1faff;

  private final int columns;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private int used;

  private FoldedText(int columns) {
    this.columns = columns;
  }

  /**
   * Folds a text.
   *
   * @param columns how wide a line may be; at least 2
   * @return its lines, at least one
   */
  public static List<String> lines(String text, int columns) {
    FoldedText folded = new FoldedText(columns);
    String[] words = text.split("[ \\t\\n]", -1);
    folded.addCharacters(words[0]);
    for (int i = 1; i < words.length; i++) {
      folded.add(words[i]);
    }
    folded.endLine();
    return folded.lines;
  }

  private void add(String word) {
    boolean isFolded = line.isEmpty() && !lines.isEmpty();
    if (used + 1 + width(word) > columns && !line.isEmpty()) {
      endLine();
    } else if (!isFolded) {
      addCharacters(" ");
    }
    addCharacters(word);
  }

  private void addCharacters(String text) {
    text.codePoints().forEach(this::addCharacter);
  }

  private void addCharacter(int character) {
    int width = width(character);
    if (used + width > columns) {
      endLine();
    }
    line.appendCodePoint(character);
    used += width;
  }

  private void endLine() {
    lines.add(line.toString());
    line.setLength(0);
    used = 0;
  }

  /** How many columns a text takes. */
  public static int width(String text) {
    return text.codePoints().map(FoldedText::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        WIDE.contains(UnicodeScript.of(character))
            || (character >= FIRST_CJK_PUNCTUATION && character <= LAST_CJK_PUNCTUATION)
            || (character >= FIRST_FULL_WIDTH && character <= LAST_FULL_WIDTH)
            || (character >= FIRST_PICTURE && character <= LAST_PICTURE);
    return wide ? 2 : 1;
  }
}
