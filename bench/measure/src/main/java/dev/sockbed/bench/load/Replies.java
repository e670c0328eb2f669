package dev.sockbed.bench.load;

import java.nio.ByteBuffer;

/** Who takes what a lane received. */
interface Replies {
  /** The place in the order of messages is not known. */
  long NO_ORDER = -1;

  /** Bytes that came before any message was sent. */
  long NEVER_SENT = Long.MAX_VALUE;

  /**
   * Takes one message, or what came instead of one.
   *
   * @param message the remaining bytes, valid during the call only
   * @param cut whether there were more bytes, which are gone
   * @param receivedNanos when the receive that completed it returned
   * @param order the sequence number that it must have since the transport keeps the order; or
   *     {@link #NO_ORDER} or {@link #NEVER_SENT}
   * @return whether it was put down to a message
   */
  boolean reply(ByteBuffer message, boolean cut, long receivedNanos, long order);

  /**
   * Takes messages that stand one after the other, as long as they are whole, unchanged and open,
   * and moves the position behind them. The next one, if there is one, is for {@link #reply}: what
   * that finds of a whole message is the same, and takes longer to find.
   *
   * @param messages the remaining bytes, valid during the call only
   * @param size bytes of each message
   * @param order as of {@link #reply}, of the first one; the others follow
   * @return how many
   */
  default int wholeReplies(ByteBuffer messages, int size, long receivedNanos, long order) {
    return 0;
  }
}
