package dev.sockbed.common.socket;

import java.nio.ByteBuffer;

/**
 * What a connection received ahead of its receives, and what it has collected to send.
 *
 * @see DatagramBatches
 */
final class StreamBatches {
  /** So many bytes a system call at most; more gains nothing. */
  private static final int BYTES = 64 << 10;

  private final ByteBuffer received = ByteBuffer.allocateDirect(BYTES).limit(0);
  private final ByteBuffer collected = ByteBuffer.allocateDirect(BYTES);

  /** Whether a receive needs no system call. */
  boolean hasReceived() {
    return received.hasRemaining();
  }

  /** Where the next system call puts what it receives; to be told by {@link #filled}. */
  ByteBuffer toFill() {
    return received.clear();
  }

  /** Says that the buffer to fill was filled, or that nothing came. */
  void filled() {
    received.flip();
  }

  /** Hands out as many bytes as there are and the buffer takes. */
  int take(ByteBuffer buffer) {
    int length = Math.min(received.remaining(), buffer.remaining());
    buffer.put(buffer.position(), received, received.position(), length);
    buffer.position(buffer.position() + length);
    received.position(received.position() + length);
    return length;
  }

  /**
   * Collects a message to be sent.
   *
   * @return whether there was room for all of it; else none was taken
   */
  boolean add(ByteBuffer message) {
    int length = message.remaining();
    if (length > collected.remaining()) {
      return false;
    }
    int at = collected.position();
    collected.put(at, message, message.position(), length).position(at + length);
    message.position(message.limit());
    return true;
  }

  /** Whether there is something to send. */
  boolean hasCollected() {
    return collected.position() > 0;
  }

  /** What is to be sent now; to be followed by {@link #sent}. */
  ByteBuffer toSend() {
    return collected.flip();
  }

  /** Forgets what was collected. */
  void sent() {
    collected.clear();
  }
}
