package dev.sockbed.common.socket;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.TcpConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * How a TCP socket's bytes come and go: each message by a system call of its own, or many together.
 *
 * @see DatagramIo
 */
sealed interface StreamIo extends Closeable permits PlainStream, BatchedStream {

  /** The configured way, for a channel that is to be connected. */
  static StreamIo of(SocketChannel channel, TcpConfig config) {
    PlainStream plain = new PlainStream(channel, config);
    return config.io() == IoMode.BATCHED ? new BatchedStream(plain) : plain;
  }

  /** To be told once the channel is connected; nothing is sent or received before. */
  void connected() throws IOException;

  /**
   * Sends a whole message, behind what was kept.
   *
   * @throws SocketTimeoutException if the peer did not take it in time; this is closed then
   * @throws ClosedChannelException if this is closed
   */
  void send(ByteBuffer message) throws IOException;

  /** As {@link BlockingSocket#enqueue}; here for who keeps none. */
  default boolean enqueue(ByteBuffer message) throws IOException {
    send(message);
    return true;
  }

  /** As {@link BlockingSocket#flush}; here for who keeps none. */
  default void flush() throws IOException {}

  /** As {@link BlockingSocket#hasReceived}; here for who receives no more than asked for. */
  default boolean hasReceived() {
    return false;
  }

  /**
   * Waits for bytes, and takes as many as there are and the buffer has room for, at least one.
   *
   * @return how many; -1 at the end of the stream
   * @throws SocketTimeoutException if none came within the receive timeout
   */
  int receive(ByteBuffer buffer) throws IOException;

  /** As {@link TcpSocket#receiveAvailable}; here for who receives no more than asked for. */
  default ByteBuffer receiveAvailable(ByteBuffer buffer) throws IOException {
    receive(buffer);
    return buffer.flip();
  }

  /** As {@link TcpSocket#release}; here for who borrows nothing. */
  default void release() {}
}
