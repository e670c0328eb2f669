package dev.sockbed.server.assistant;

import com.google.re2j.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When to answer by itself, and what. It looks at what one receive gave, which over TCP may be a
 * part of a message, or two.
 *
 * @param when how to compare
 * @param pattern what to compare with: text with escapes, or a regular expression; not looked at
 *     for {@link When#ANY}
 * @param reply what to answer
 * @param value what to answer with, or what to put before what was received; not used by {@link
 *     Reply#ECHO}
 */
public record ReplyPattern(When when, String pattern, Reply reply, Bytes value) {

  /** How what was received is compared. */
  public enum When {
    /** Whatever it is. */
    ANY,
    /** It is these bytes and no others. */
    EXACT,
    /** These bytes are in it. */
    CONTAINS,
    /** The regular expression is found in its text. */
    REGEX;

    /** The name in scripts and on the wire. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is answered. */
  public enum Reply {
    /** Fixed bytes. */
    BYTES,
    /** Fixed bytes, then what was received: the lesson's {@code I got:}. */
    PREFIX,
    /** What was received. */
    ECHO;

    /** The name in scripts and on the wire. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Compares and answers; made once from a rule. */
  static final class Compiled {
    private final ReplyPattern rule;
    private final String exact;
    private final @Nullable Pattern regex;

    private Compiled(ReplyPattern rule, String exact, @Nullable Pattern regex) {
      this.rule = rule;
      this.exact = exact;
      this.regex = regex;
    }

    boolean isExpression() {
      return regex != null;
    }

    @Nullable Bytes answerTo(Bytes received) {
      if (!matches(received)) {
        return null;
      }
      return switch (rule.reply()) {
        case BYTES -> rule.value();
        case PREFIX -> rule.value().then(received);
        case ECHO -> received;
      };
    }

    private boolean matches(Bytes received) {
      return switch (rule.when()) {
        case ANY -> true;
        case EXACT -> received.latin1().equals(exact);
        case CONTAINS -> received.latin1().contains(exact);
        case REGEX -> regex != null && regex.matcher(received.decoded()).find();
      };
    }
  }

  /**
   * Makes it ready.
   *
   * @throws AssistantException if the pattern or regular expression can't be read
   */
  Compiled compile() throws AssistantException {
    return switch (when) {
      case ANY -> new Compiled(this, "", null);
      case EXACT, CONTAINS -> new Compiled(this, TypedText.parse(pattern).latin1(), null);
      case REGEX -> new Compiled(this, "", compiled(pattern));
    };
  }

  /**
   * Checks that pattern and regular expression can be read.
   *
   * @throws AssistantException if not
   */
  public void check() throws AssistantException {
    compile();
  }

  private static Pattern compiled(String regex) throws AssistantException {
    try {
      return RegularExpression.of(regex);
    } catch (IllegalArgumentException e) {
      throw new AssistantException(Fault.BAD_INPUT, String.valueOf(e.getMessage()));
    }
  }

  /** As a command of the script language, without its {@code reply}. */
  @Override
  public String toString() {
    String compared = when == When.ANY ? "any" : when.label() + " \"" + quoted(pattern) + '"';
    return switch (reply) {
      case ECHO -> compared + " echo";
      case PREFIX -> compared + " prefix \"" + value + '"';
      case BYTES -> compared + " \"" + value + '"';
    };
  }

  private static String quoted(String text) {
    return Bytes.utf8(text).toString();
  }
}
