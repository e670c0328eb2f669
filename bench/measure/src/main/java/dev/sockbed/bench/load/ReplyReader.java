package dev.sockbed.bench.load;

import dev.sockbed.common.Outcome;
import java.nio.ByteBuffer;

/**
 * Reads from a reply's bytes to which message it belongs, and in which condition it came.
 *
 * <p>A reply belongs to the message whose sequence number it carries if anything else that it
 * carries, send time or fill, bears that out. Over a stream its place tells which message it is;
 * then only its condition is read.
 *
 * <p>Used by one thread; allocates nothing after it was made.
 */
final class ReplyReader {
  private final ProbeMessage codec;
  private final MessageSizes sizes;
  private final Outstanding open;
  private final ReplyNaming naming;
  private final RecentSends settled;

  private long first;
  private long sequence;
  private Outcome condition = Outcome.OK;

  /** What a reply turned out to be. */
  enum Kind {
    /** To an open message; {@link #sequence} and {@link #condition} tell more. */
    ANSWER,
    /** To a message that was settled before; {@link #sequence} tells which. */
    REPETITION,
    /** It does not say, or not credibly, to which message. */
    NAMELESS,
    /** To a message of the time before the reader began. */
    FROM_BEFORE
  }

  /**
   * A reader.
   *
   * @param open the messages that replies may belong to
   */
  ReplyReader(ProbeMessage codec, MessageSizes sizes, Outstanding open) {
    this.codec = codec;
    this.sizes = sizes;
    this.open = open;
    this.naming = new ReplyNaming(sizes, open);
    this.settled = new RecentSends(open.most());
  }

  /** Starts anew; the first message will have that sequence number. */
  void begin(long sequence) {
    first = sequence;
    settled.clear();
  }

  /** Remembers when a message was sent that is settled now, so as to know its reply again. */
  void settled(long sequence, long sentNanos) {
    settled.add(sequence, sentNanos);
  }

  /**
   * Reads a reply.
   *
   * @param cut whether there were more bytes, which are gone
   * @param due the oldest message that may be under way
   * @param newest the newest message that was answered, or the one before the first
   * @param next the number that was not sent yet
   */
  Kind read(ByteBuffer reply, boolean cut, long due, long newest, long next) {
    long named = naming.of(reply, newest, next);
    if (named < 0) {
      return Kind.NAMELESS;
    }
    if (named < first) {
      return Kind.FROM_BEFORE;
    }
    sequence = named;
    int place = open.find(named);
    if (place >= 0) {
      return readAnswer(reply, cut, place) ? Kind.ANSWER : Kind.NAMELESS;
    }
    return repeats(reply, due) ? Kind.REPETITION : Kind.NAMELESS;
  }

  /** Reads a reply of which the place in the stream says that it is to an open message. */
  void readInOrder(ByteBuffer reply, int place) {
    sequence = open.sequence(place);
    int size = sizes.at(sequence);
    boolean unchanged =
        codec.hasSequence(reply, size, sequence)
            && codec.hasTime(reply, size, open.sentNanos(place))
            && codec.hasFill(reply, size, sequence);
    Outcome asFarAsItGoes = reply.remaining() == size ? Outcome.OK : Outcome.TRUNCATED;
    condition = unchanged ? asFarAsItGoes : Outcome.CORRUPT;
  }

  /** The number that a reply of that size carries at that place; -1 if it has not room for all. */
  long sequenceAt(ByteBuffer replies, int at, int size) {
    return size < ProbeMessage.HEADER_BYTES ? -1 : replies.getLong(at);
  }

  /** Whether the bytes at that place are those of an open message, all of them. */
  boolean isWhole(ByteBuffer replies, int at, int size, int place) {
    long number = open.sequence(place);
    return sizes.at(number) == size
        && codec.isWhole(replies, at, size, number, open.sentNanos(place));
  }

  /** Whether a nameless reply is this message cut within its sequence number, and so far right. */
  boolean isStumpOf(ByteBuffer reply, long sequence) {
    int size = sizes.at(sequence);
    int length = reply.remaining();
    return length < Math.min(size, Long.BYTES) && codec.hasSequence(reply, size, sequence);
  }

  /** The message that the reply last read names. */
  long sequence() {
    return sequence;
  }

  /** How surely the answer last read is to that message. */
  ReplyNaming.Certainty certainty() {
    return naming.certainty();
  }

  /** How the answer last read came: {@code OK}, {@code TRUNCATED} or {@code CORRUPT}. */
  Outcome condition() {
    return condition;
  }

  private boolean readAnswer(ByteBuffer reply, boolean cut, int place) {
    int size = sizes.at(sequence);
    int length = reply.remaining() + (cut ? 1 : 0); // At least.
    boolean time = codec.hasTime(reply, size, open.sentNanos(place));
    boolean fill = codec.hasFill(reply, size, sequence);
    if (time && fill && length <= size) {
      condition = length == size && !cut ? Outcome.OK : Outcome.TRUNCATED;
      return true;
    }
    condition = Outcome.CORRUPT;
    boolean nothingElseToGoBy = size < ProbeMessage.HEADER_BYTES;
    boolean fillBearsItOut = fill && length > ProbeMessage.HEADER_BYTES;
    return time || fillBearsItOut || nothingElseToGoBy;
  }

  /** Whether this is a message that was settled before, as far as that can be seen now. */
  private boolean repeats(ByteBuffer reply, long due) {
    int size = sizes.at(sequence);
    boolean near = size >= Long.BYTES || sequence >= due - ReplyNaming.FEW;
    boolean time =
        !settled.knows(sequence) || codec.hasTime(reply, size, settled.sentNanos(sequence));
    return near && time && reply.remaining() <= size && codec.hasFill(reply, size, sequence);
  }
}
