package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.UdpConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * How a UDP socket's datagrams come and go: each by a system call of its own, or many together.
 *
 * @see StreamIo
 */
sealed interface DatagramIo extends Closeable permits PlainDatagrams, BatchedDatagrams {

  /** The configured way. */
  static DatagramIo of(DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    return config.io() == IoMode.BATCHED
        ? BatchedDatagrams.of(channel, family, config)
        : new PlainDatagrams(channel, config);
  }

  /** To be told when the channel is connected. */
  void connected();

  /**
   * Sends one datagram, behind what was kept; if it fails, it is not kept.
   *
   * @param peer to whom, or null for the connected one
   */
  void send(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException;

  /** As {@link BlockingSocket#enqueue}, to whom {@link #send} says; here for who keeps none. */
  default boolean enqueue(ByteBuffer datagram, @Nullable InetSocketAddress peer)
      throws IOException {
    send(datagram, peer);
    return true;
  }

  /**
   * As {@link UdpSocket#enqueueRun}, to whom {@link #send} says; here for who keeps none.
   *
   * @param length bytes of each datagram; if that is 0 it is one
   */
  default boolean enqueueRun(ByteBuffer datagrams, int length, @Nullable InetSocketAddress peer)
      throws IOException {
    int end = datagrams.limit();
    try {
      do {
        send(datagrams.limit(datagrams.position() + length), peer);
        datagrams.limit(end);
      } while (datagrams.hasRemaining());
      return true;
    } finally {
      datagrams.limit(end);
    }
  }

  /** How many datagrams are kept. */
  default int enqueued() {
    return 0;
  }

  /** As {@link BlockingSocket#flush}; here for who keeps none. */
  default void flush() throws IOException {}

  /** As {@link BlockingSocket#hasReceived}; here for who receives no more than asked for. */
  default boolean hasReceived() {
    return false;
  }

  /**
   * Waits for one datagram.
   *
   * @param limit the most bytes to take; the rest of the datagram is gone
   * @return how many those are
   * @throws SocketTimeoutException if none came within the receive timeout
   * @throws PortUnreachableException if the connected peer refused an earlier datagram
   */
  int receive(ByteBuffer buffer, int limit) throws IOException;

  /** As {@link UdpSocket#receiveRun}; here for who receives one at a time. */
  default int receiveRun(ByteBuffer buffer, int limit) throws IOException {
    return receive(buffer, limit);
  }

  /** Whether the datagram received last was longer than its limit. */
  boolean truncated();

  /** Who sent the datagram received last; null before the first, or if it is the connected peer. */
  @Nullable InetSocketAddress sender();

  /** Whether it is not closed. */
  boolean isOpen();
}
