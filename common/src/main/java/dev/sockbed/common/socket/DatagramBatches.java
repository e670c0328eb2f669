package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.DescriptorUse;
import dev.sockbed.common.linux.IncomingDatagrams;
import dev.sockbed.common.linux.OutgoingDatagrams;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many datagrams a system call, and the waiting around it.
 *
 * @see StreamBatches
 */
final class DatagramBatches implements Closeable {
  /** How long to leave a network alone that takes no more. */
  private static final long PAUSE_NANOS = 50_000;

  private final DescriptorUse use;
  private final ChannelWait wait;
  private final IncomingDatagrams incoming;
  private final OutgoingDatagrams outgoing;

  private DatagramBatches(
      DescriptorUse use, DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    this.use = use;
    boolean inet6 = family == AddressFamily.INET6;
    this.incoming = new IncomingDatagrams(use, inet6, config.receiveLimit());
    this.outgoing = new OutgoingDatagrams(use, inet6);
    this.wait = new ChannelWait(channel, config.waiting(), config.receiveTimeout().toNanos(), use);
  }

  /** Prepares a channel, which does not block from then on. */
  static DatagramBatches of(DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    DescriptorUse use = DescriptorUse.of(channel);
    if (use == null) {
      throw new IOException("the JDK does not tell this socket's descriptor");
    }
    return new DatagramBatches(use, channel, family, config);
  }

  /** Whether a receive needs no system call. */
  boolean hasReceived() {
    return incoming.hasNext();
  }

  /**
   * Hands out one datagram, after waiting for some if there is none.
   *
   * @return its bytes, {@code limit} at most
   * @throws SocketTimeoutException if none came in time
   */
  int receive(ByteBuffer buffer, int limit) throws IOException {
    if (!incoming.hasNext()) {
      wait.begin();
      while (!incoming.receive()) {
        wait.await();
      }
    }
    return incoming.next(buffer, limit);
  }

  InetSocketAddress sender() {
    return incoming.sender();
  }

  boolean truncated() {
    return incoming.truncated();
  }

  /**
   * Collects one datagram.
   *
   * @param peer to whom, or null for the connected one
   * @return false if there is no room before a {@link #flush}
   */
  boolean add(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    if (use.isClosed()) {
      throw new ClosedChannelException();
    }
    return outgoing.add(datagram, peer);
  }

  /** Sends one datagram, and before it what was collected; if it fails, it is not kept. */
  void send(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    flush();
    int begin = datagram.position();
    add(datagram, peer);
    try {
      flush();
    } catch (IOException e) {
      outgoing.clear();
      datagram.position(begin);
      throw e;
    }
  }

  /** How many datagrams are collected. */
  int collected() {
    return outgoing.count();
  }

  /** Sends what was collected. */
  void flush() throws IOException {
    while (!outgoing.send()) {
      if (Thread.currentThread().isInterrupted()) {
        close();
        throw new ClosedByInterruptException();
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  boolean isOpen() {
    return !use.isClosed();
  }

  @Override
  public void close() throws IOException {
    wait.close();
  }
}
