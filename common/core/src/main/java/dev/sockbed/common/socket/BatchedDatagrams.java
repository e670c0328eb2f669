package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.DescriptorUse;
import dev.sockbed.common.linux.IncomingDatagrams;
import dev.sockbed.common.linux.OutgoingDatagrams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams by fewer system calls than there are: each receives, and sends, as many as it can.
 *
 * @see BatchedStream
 */
final class BatchedDatagrams implements DatagramIo {
  private final DatagramChannel channel;
  private final DescriptorUse use;
  private final ChannelWait wait;
  private final IncomingDatagrams incoming;
  private final OutgoingDatagrams outgoing;

  private BatchedDatagrams(
      DescriptorUse use, DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    this.channel = channel;
    this.use = use;
    boolean inet6 = family == AddressFamily.INET6;
    this.incoming = new IncomingDatagrams(use, inet6, config.receiveLimit());
    this.outgoing = new OutgoingDatagrams(use, inet6);
    this.wait = new ChannelWait(channel, config, use);
  }

  /** Prepares a channel, which does not block from then on. */
  static BatchedDatagrams of(DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    DescriptorUse use = DescriptorUse.of(channel);
    if (use == null) {
      throw new IOException("the JDK does not tell this socket's descriptor");
    }
    return new BatchedDatagrams(use, channel, family, config);
  }

  @Override
  public void connected() {}

  @Override
  public boolean hasReceived() {
    return incoming.hasNext();
  }

  @Override
  public int receive(ByteBuffer buffer, int limit) throws IOException {
    awaitNext();
    return incoming.next(buffer, limit);
  }

  @Override
  public int receiveRun(ByteBuffer buffer, int limit) throws IOException {
    awaitNext();
    return incoming.nextRun(buffer, limit);
  }

  private void awaitNext() throws IOException {
    if (!incoming.hasNext()) {
      wait.begin();
      while (!incoming.receive()) {
        wait.await();
      }
    }
  }

  @Override
  public @Nullable InetSocketAddress sender() {
    return incoming.sender();
  }

  @Override
  public boolean truncated() {
    return incoming.truncated();
  }

  @Override
  public boolean enqueue(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    checkOpen();
    return outgoing.add(datagram, peer);
  }

  @Override
  public boolean enqueueRun(ByteBuffer datagrams, int length, @Nullable InetSocketAddress peer)
      throws IOException {
    checkOpen();
    return outgoing.addRun(datagrams, length, peer);
  }

  private void checkOpen() throws ClosedChannelException {
    if (use.isClosed()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void send(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    flush();
    int begin = datagram.position();
    enqueue(datagram, peer);
    try {
      flush();
    } catch (IOException e) {
      outgoing.clear();
      datagram.position(begin);
      throw e;
    }
  }

  @Override
  public int enqueued() {
    return outgoing.count();
  }

  @Override
  public void flush() throws IOException {
    while (!outgoing.send()) {
      ChannelWait.forRoom(this, WaitStrategy.BLOCK);
    }
  }

  @Override
  public boolean isOpen() {
    return !use.isClosed() && channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    wait.close();
  }
}
