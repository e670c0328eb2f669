package dev.sockbed.bench.result;

/**
 * What happened beside the outcomes.
 *
 * @param duplicate replies that came once more
 * @param reordered replies that came after a reply to a message sent later
 */
public record Events(long duplicate, long reordered) {
  /** Nothing happened. */
  public static final Events NONE = new Events(0, 0);

  /** The two added up. */
  public Events plus(Events other) {
    return new Events(duplicate + other.duplicate, reordered + other.reordered);
  }
}
