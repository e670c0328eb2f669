package dev.sockbed.bench.load;

import java.nio.ByteBuffer;

/**
 * Which message a reply says that it belongs to. A message of under eight bytes carries the
 * low-order bytes of its number only, which come again after 256 messages of one byte, or 65,536 of
 * two. Replies mostly keep the order, so the number is completed as TCP's and RTP's are (RFC 3550,
 * A.1): to the one nearest to the newest message that was answered.
 *
 * <p>After a pause in which so many messages were sent that the same bytes went out twice, it is
 * not known whether the first reply is to the former, which waited, or to the latter, all between
 * having been lost. It is taken for the former. Once the replies have caught up with what was sent
 * that is proven, for otherwise they would have to be to messages that were not sent yet; as long
 * as they have not, the replies since are in doubt.
 */
final class ReplyNaming {
  private static final long NOBODY = -1;

  /** A reply that comes once more is told from another message's by being so few behind. */
  static final int FEW = 16;

  /** A straggler is looked for so many rounds of the low-order bytes back. */
  private static final int STRAGGLERS = 64;

  private final MessageSizes sizes;
  private final Outstanding open;
  private Certainty certainty = Certainty.PROVEN;

  /** What a reply's name tells of those before it. */
  enum Certainty {
    /** No other message that was sent and not answered by now could be meant. */
    PROVEN,
    /** It could be to a later message with the same bytes. */
    IN_DOUBT,
    /**
     * It is no newer than what was answered: that says nothing of how far the replies have come.
     */
    UNTOLD
  }

  ReplyNaming(MessageSizes sizes, Outstanding open) {
    this.sizes = sizes;
    this.open = open;
  }

  /**
   * The sequence number that a reply names.
   *
   * @param newest the newest message that was answered, or the one before the first
   * @param next the number that was not sent yet
   * @return a number below {@code next}; negative if no message was sent that could be meant
   */
  long of(ByteBuffer reply, long newest, long next) {
    certainty = Certainty.UNTOLD;
    int length = reply.remaining();
    if (length == 0) {
      return NOBODY;
    }
    long bytes = ProbeMessage.sequence(reply);
    if (length >= Long.BYTES) {
      certainty = Certainty.PROVEN; // It carries the whole number.
      return bytes < next ? bytes : NOBODY;
    }
    long step = 1L << (Byte.SIZE * length);
    long ahead = ahead(lowestFrom(newest + 1, bytes, length), step, length, next);
    long behind = behind(lowestFrom(newest + 1, bytes, length) - step, step, length, newest);
    boolean isAhead =
        ahead < next
            && (behind < 0
                || ahead - newest <= newest - behind
                || (open.find(behind) < 0 && newest - behind > FEW));
    if (isAhead) {
      boolean isUnique = ahead(ahead + step, step, length, next) >= next;
      certainty = isUnique ? Certainty.PROVEN : Certainty.IN_DOUBT;
    }
    return isAhead ? ahead : behind;
  }

  /** How surely the reply last named is to that message. */
  Certainty certainty() {
    return certainty;
  }

  /** The first of these that is of that size, or {@code next} or more. */
  private long ahead(long first, long step, int length, long next) {
    long candidate = first;
    for (int i = 0; i < sizes.cycle() && candidate < next; i++) {
      if (sizes.at(candidate) == length) {
        return candidate;
      }
      candidate += step;
    }
    return next;
  }

  /**
   * The last of these that is of that size; if it was settled long ago, the last that is open. What
   * comes a little later once more is a repetition; much later it is rather a straggler.
   */
  private long behind(long last, long step, int length, long newest) {
    long latest = NOBODY;
    long candidate = last;
    for (int i = 0; i < sizes.cycle() + STRAGGLERS && candidate >= 0; i++) {
      if (sizes.at(candidate) == length) {
        latest = latest == NOBODY ? candidate : latest;
        if (open.find(candidate) >= 0 || newest - candidate <= FEW) {
          return candidate;
        }
      }
      candidate -= step;
    }
    return latest;
  }

  /** The lowest number from {@code from} on that has these low-order bytes. */
  private static long lowestFrom(long from, long bytes, int length) {
    return from + ProbeMessage.lowOrderOf(bytes - from, length);
  }
}
