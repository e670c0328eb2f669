package dev.sockbed.server.assistant;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules in force. The first that fits answers. */
final class AutoReply {
  /** The most rules. */
  static final int MOST_RULES = 100;

  private volatile List<ReplyPattern> rules = List.of();
  private volatile List<ReplyPattern.Compiled> compiled = List.of();

  List<ReplyPattern> rules() {
    return rules;
  }

  synchronized void set(List<ReplyPattern> wanted) throws AssistantException {
    if (wanted.size() > MOST_RULES) {
      throw new AssistantException(Fault.BAD_INPUT, "there are at most " + MOST_RULES + " rules");
    }
    List<ReplyPattern.Compiled> ready = new ArrayList<>();
    for (ReplyPattern rule : wanted) {
      ready.add(rule.compile());
    }
    compiled = List.copyOf(ready);
    rules = List.copyOf(wanted);
  }

  /**
   * What it costs to look for an answer to so many bytes: a step for each byte and each regular
   * expression, which take time in proportion to a text's length.
   */
  long steps(int bytes) {
    return bytes
        * compiled.stream().filter(ReplyPattern.Compiled::isExpression).mapToLong(_ -> 1).sum();
  }

  @Nullable Bytes answerTo(ByteBuffer received) {
    List<ReplyPattern.Compiled> now = compiled;
    if (now.isEmpty()) {
      return null;
    }
    Bytes bytes = Bytes.copyOf(received, Integer.MAX_VALUE);
    for (ReplyPattern.Compiled rule : now) {
      Bytes answer = rule.answerTo(bytes);
      if (answer != null) {
        return answer;
      }
    }
    return null;
  }
}
