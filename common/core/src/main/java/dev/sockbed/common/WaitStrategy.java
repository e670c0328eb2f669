package dev.sockbed.common;

import java.time.Duration;
import java.util.Objects;

/**
 * How a receive waits for bytes that are not there yet.
 *
 * <p>Blocking gives the processor away; waking up again costs more than the message does. Spinning
 * keeps the processor busy and answers soonest.
 *
 * @param spin how long to ask again and again before blocking: zero is {@link #BLOCK}, {@link
 *     #FOREVER} is {@link #SPIN}
 */
public record WaitStrategy(Duration spin) {
  /** The longest spin before a block that is accepted; a longer one is a plain {@link #SPIN}. */
  private static final Duration LONGEST_SPIN = Duration.ofSeconds(1);

  /** Stands for a spin that never turns into a block. */
  public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** Sleep in the system call until bytes arrive. */
  public static final WaitStrategy BLOCK = new WaitStrategy(Duration.ZERO);

  /** Ask again and again; needs a processor of its own. */
  public static final WaitStrategy SPIN = new WaitStrategy(FOREVER);

  /**
   * @throws IllegalArgumentException if {@code spin} is negative, or over 1 s without being {@link
   *     #FOREVER}
   */
  public WaitStrategy {
    Objects.requireNonNull(spin);
    if (spin.isNegative() || (!spin.equals(FOREVER) && spin.compareTo(LONGEST_SPIN) > 0)) {
      throw new IllegalArgumentException(
          "a spin before blocking lasts 1 ns to 1 s, not "
              + Durations.inWords(spin)
              + " (or write plain spin)");
    }
  }

  /**
   * Reads {@code block}, {@code spin} or {@code spin:50us} (spin that long, then block).
   *
   * @throws IllegalArgumentException if {@code text} is none of these
   */
  public static WaitStrategy parse(String text) {
    if (text.equals("block")) {
      return BLOCK;
    }
    if (text.equals("spin")) {
      return SPIN;
    }
    if (text.startsWith("spin:")) {
      Duration spin = Durations.parse(text.substring("spin:".length()));
      if (spin.isZero()) {
        throw new IllegalArgumentException("'" + text + "' does not spin: write block");
      }
      return new WaitStrategy(spin);
    }
    throw new IllegalArgumentException(
        "not a way to wait: '" + text + "' (block, spin, or spin:50us)");
  }

  /** Whether it blocks at once. */
  public boolean blocksAtOnce() {
    return spin.isZero();
  }

  /** Whether it never blocks. */
  public boolean spinsForever() {
    return spin.equals(FOREVER);
  }

  /** Nanoseconds of spinning before a block; {@link Long#MAX_VALUE} when it never blocks. */
  public long spinNanos() {
    return spinsForever() ? Long.MAX_VALUE : spin.toNanos();
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    if (blocksAtOnce()) {
      return "block";
    }
    return spinsForever() ? "spin" : "spin:" + Durations.format(spin);
  }
}
