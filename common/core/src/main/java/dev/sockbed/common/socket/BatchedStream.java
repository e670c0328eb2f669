package dev.sockbed.common.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream by fewer system calls than messages: each receives as much as there is, and sends as
 * much as was collected. Large buffers are borrowed while there is much to receive or to send: many
 * callers who say little need little. Without memory for a large one it goes on with a small one.
 *
 * @see BatchedDatagrams
 */
final class BatchedStream implements StreamIo {
  /** So many bytes a system call at most; more gains nothing. */
  private static final int BYTES = 64 << 10;

  /** Enough for a connection with a few messages in flight. */
  private static final int FEW_BYTES = 4 << 10;

  private static final BufferPool LARGE = new BufferPool(BYTES);
  private static final BufferPool SMALL = new BufferPool(FEW_BYTES);
  private static final ByteBuffer NONE = ByteBuffer.allocateDirect(0);

  private final PlainStream plain;
  private ByteBuffer received = NONE;
  private ByteBuffer collected = NONE;

  BatchedStream(PlainStream plain) {
    this.plain = plain;
  }

  @Override
  public void connected() throws IOException {
    plain.connected();
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    flush();
    plain.send(message);
  }

  @Override
  public boolean enqueue(ByteBuffer message) throws IOException {
    int length = message.remaining();
    if (length > collected.remaining()) {
      collected = withRoomFor(length, collected);
    }
    int at = collected.position();
    boolean fits = length <= collected.remaining();
    if (!fits && at > 0) {
      return false;
    }
    if (!fits || !plain.isOpen()) {
      plain.send(message); // Longer than a batch; or it says why it is closed.
      return true;
    }
    collected.put(at, message, message.position(), length).position(at + length);
    message.position(message.limit());
    return true;
  }

  /** A buffer with what is in that one, and with room for more if there can be any. */
  private static ByteBuffer withRoomFor(int length, ByteBuffer collected) {
    if (isNone(collected) && length <= FEW_BYTES) {
      return SMALL.borrow();
    }
    ByteBuffer large = collected.capacity() < BYTES ? LARGE.tryBorrow() : null;
    if (large == null) {
      return collected;
    }
    large.put(collected.flip());
    giveBack(collected);
    return large;
  }

  @Override
  public void flush() throws IOException {
    int length = collected.position();
    if (length > 0) {
      try {
        plain.send(collected.flip());
      } finally {
        collected.clear();
      }
      if (length <= FEW_BYTES && collected.capacity() > FEW_BYTES) {
        giveBack(collected);
        collected = NONE;
      }
    }
  }

  @Override
  public boolean hasReceived() {
    return received.hasRemaining();
  }

  @Override
  public int receive(ByteBuffer buffer) throws IOException {
    if (!received.hasRemaining()) {
      int count = receiveAhead();
      if (count <= 0) {
        return count;
      }
    }
    int length = Math.min(received.remaining(), buffer.remaining());
    buffer.put(buffer.position(), received, received.position(), length);
    buffer.position(buffer.position() + length);
    received.position(received.position() + length);
    return length;
  }

  @Override
  public ByteBuffer receiveAvailable(ByteBuffer buffer) throws IOException {
    if (!received.hasRemaining()) {
      receiveAhead();
    }
    return received;
  }

  private int receiveAhead() throws IOException {
    received = suitable(received);
    try {
      return plain.receive(received.clear());
    } finally {
      received.flip();
    }
  }

  /** A buffer for as much as came last time, when that one was not too small for it. */
  private static ByteBuffer suitable(ByteBuffer received) {
    boolean isLarge = received.capacity() > FEW_BYTES;
    boolean wasMuch = received.limit() >= FEW_BYTES;
    if (!isNone(received) && isLarge == wasMuch) {
      return received;
    }
    ByteBuffer other = wasMuch ? LARGE.tryBorrow() : SMALL.borrow();
    if (other == null) {
      return received;
    }
    giveBack(received);
    return other;
  }

  private static boolean isNone(ByteBuffer buffer) {
    return buffer.capacity() == 0;
  }

  private static void giveBack(ByteBuffer buffer) {
    if (!isNone(buffer)) {
      (buffer.capacity() > FEW_BYTES ? LARGE : SMALL).giveBack(buffer);
    }
  }

  @Override
  public void release() {
    giveBack(received);
    giveBack(collected);
    received = NONE;
    collected = NONE;
  }

  @Override
  public void close() {
    plain.close();
  }
}
