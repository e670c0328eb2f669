package dev.sockbed.common.socket;

import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.EmptyDatagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams by one {@code sendto(2)} or {@code recvfrom(2)} after the other.
 *
 * <p>The JDK hides {@code MSG_TRUNC}. So a receive asks for one byte more than its limit: if that
 * byte comes too, the datagram was longer.
 *
 * @see PlainStream
 */
final class PlainDatagrams implements DatagramIo {
  private final DatagramChannel channel;
  private final UdpConfig config;

  /** Holds a datagram and the byte beyond the limit. */
  private final ByteBuffer received;

  /** Null if {@code recvfrom} itself waits. */
  private final @Nullable ChannelWait wait;

  private boolean connected;
  private @Nullable InetSocketAddress sender;
  private boolean truncated;

  PlainDatagrams(DatagramChannel channel, UdpConfig config) throws IOException {
    this.channel = channel;
    this.config = config;
    this.received = ByteBuffer.allocateDirect(config.receiveLimit() + 1);
    this.wait = ChannelWait.unlessPlain(channel, config);
  }

  @Override
  public void connected() {
    connected = true;
  }

  @Override
  public void send(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    boolean empty = !datagram.hasRemaining();
    if (empty && peer == null) {
      EmptyDatagram.send(channel);
      return;
    }
    while (sendOnce(datagram, peer) == 0 && !empty) {
      ChannelWait.forRoom(this, config.waiting()); // The send buffer is full.
    }
  }

  private int sendOnce(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    return peer == null ? channel.write(datagram) : channel.send(datagram, peer);
  }

  @Override
  public int receive(ByteBuffer buffer, int limit) throws IOException {
    received.clear().limit(limit + 1);
    receiveOne();
    received.flip();
    truncated = received.remaining() > limit;
    int length = Math.min(received.remaining(), limit);
    buffer.put(received.limit(length));
    return length;
  }

  private void receiveOne() throws IOException {
    if (wait != null) {
      // Not read(), whose 0 means an empty datagram as well as none.
      wait.begin();
      InetSocketAddress from;
      while ((from = (InetSocketAddress) channel.receive(received)) == null) {
        wait.await();
      }
      sender = from;
    } else if (connected) {
      channel.read(received);
    } else {
      sender = (InetSocketAddress) channel.receive(received);
    }
  }

  @Override
  public boolean truncated() {
    return truncated;
  }

  @Override
  public @Nullable InetSocketAddress sender() {
    return sender;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (wait != null) {
      wait.close();
    } else {
      channel.close();
    }
  }
}
