package dev.sockbed.common.socket;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream by fewer system calls than messages: each receives as much as there is, and sends as
 * much as was collected.
 *
 * @see BatchedDatagrams
 */
final class BatchedStream implements StreamIo {
  /** So many bytes a system call at most; more gains nothing. */
  private static final int BYTES = 64 << 10;

  private final PlainStream plain;
  private final ByteBuffer received = ByteBuffer.allocateDirect(BYTES).limit(0);
  private final ByteBuffer collected = ByteBuffer.allocateDirect(BYTES);

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
    int at = collected.position();
    if (length > collected.remaining() && at > 0) {
      return false;
    }
    if (length > BYTES || !plain.isOpen()) {
      plain.send(message); // Longer than a batch; or it says why it is closed.
      return true;
    }
    collected.put(at, message, message.position(), length).position(at + length);
    message.position(message.limit());
    return true;
  }

  @Override
  public void flush() throws IOException {
    if (collected.position() > 0) {
      try {
        plain.send(collected.flip());
      } finally {
        collected.clear();
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

  private int receiveAhead() throws IOException {
    try {
      return plain.receive(received.clear());
    } finally {
      received.flip();
    }
  }

  @Override
  public void close() {
    plain.close();
  }
}
