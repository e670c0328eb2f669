package dev.sockbed.server.assistant.script;

import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.TypedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line's words, taken one after the other. A word ends at a space; text in double quotes is one
 * word, may hold spaces, and takes escapes; text between slashes is a regular expression; {@code #}
 * begins a comment.
 */
final class Words {
  /** What kind of word. */
  enum Kind {
    PLAIN,
    QUOTED,
    REGEX
  }

  /** One word, without its quotes or slashes, its escapes as they were typed. */
  record Word(Kind kind, String text) {}

  private final List<Word> words;
  private int next;

  private Words(List<Word> words) {
    this.words = words;
  }

  /**
   * Splits a line.
   *
   * @throws ScriptSyntaxException if a quote or slash is never closed
   */
  static Words of(String line) throws ScriptSyntaxException {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#') {
        break;
      } else if (c == '"' || (c == '/' && isRegexPlace(words))) {
        int close = closing(line, at);
        words.add(new Word(c == '"' ? Kind.QUOTED : Kind.REGEX, line.substring(at + 1, close)));
        at = close + 1;
      } else {
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
          end++;
        }
        words.add(new Word(Kind.PLAIN, line.substring(at, end)));
        at = end;
      }
    }
    return new Words(words);
  }

  /** Elsewhere a slash begins a file's path. */
  private static boolean isRegexPlace(List<Word> before) {
    return !before.isEmpty() && before.getLast().text().matches("expect|regex");
  }

  private static int closing(String line, int open) throws ScriptSyntaxException {
    char quote = line.charAt(open);
    for (int at = open + 1; at < line.length(); at++) {
      if (line.charAt(at) == '\\') {
        at++;
      } else if (line.charAt(at) == quote) {
        return at;
      }
    }
    throw new ScriptSyntaxException(
        "the " + quote + " at position " + (open + 1) + " is never closed");
  }

  boolean isEmpty() {
    return next >= words.size();
  }

  /** The next word, which stays. */
  @Nullable Word peek() {
    return isEmpty() ? null : words.get(next);
  }

  /** The next word, or a complaint that there is none. */
  Word take(String what) throws ScriptSyntaxException {
    if (isEmpty()) {
      throw new ScriptSyntaxException(what + " is missing");
    }
    return words.get(next++);
  }

  /** Takes the next word if it is that one, unquoted. */
  boolean takeIf(String plain) {
    Word word = peek();
    boolean is = word != null && word.kind() == Kind.PLAIN && word.text().equals(plain);
    if (is) {
      next++;
    }
    return is;
  }

  /** The next word as bytes: text with escapes. */
  Bytes takeText(String what) throws ScriptSyntaxException, AssistantException {
    return TypedText.parse(take(what).text());
  }

  /** Complains if there is more. */
  void end() throws ScriptSyntaxException {
    if (!isEmpty()) {
      throw new ScriptSyntaxException(
          "'" + words.get(next).text() + "' is too much; put text with spaces in double quotes");
    }
  }
}
