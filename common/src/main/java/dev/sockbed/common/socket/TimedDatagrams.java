package dev.sockbed.common.socket;

import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.TimedDatagramReceive;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Receiving datagrams with a timeout: in one system call where the system, the JDK and the thread
 * allow it, else in the JDK's own way, which takes packets over arrays only.
 */
final class TimedDatagrams implements Closeable {
  private final DatagramChannel channel;
  private final DatagramSocket socket;
  private final DatagramPacket packet;

  /** Is there as long as it works. */
  private volatile @Nullable TimedDatagramReceive inOneCall;

  /**
   * Sets the channel's timeout.
   *
   * @param datagram the direct buffer that every {@link #receive} will fill
   */
  TimedDatagrams(DatagramChannel channel, UdpConfig config, ByteBuffer datagram)
      throws IOException {
    this.channel = channel;
    socket = channel.socket();
    socket.setSoTimeout(Millis.roundedUp(config.receiveTimeout()));
    packet = new DatagramPacket(new byte[datagram.capacity()], datagram.capacity());
    inOneCall =
        config.threads() == ThreadKind.PLATFORM
            ? TimedDatagramReceive.of(channel, datagram, config.receiveTimeout())
            : null;
  }

  /**
   * Receives one datagram, cut to the buffer's limit, and moves the buffer's position behind it.
   */
  void receive(ByteBuffer datagram, boolean connected) throws IOException {
    TimedDatagramReceive quicker = inOneCall;
    if (quicker != null && connected && !Thread.currentThread().isVirtual()) {
      if (quicker.receive()) {
        return;
      }
      inOneCall = null;
    }
    packet.setLength(datagram.remaining());
    socket.receive(packet);
    datagram.put(packet.getData(), 0, packet.getLength());
  }

  /**
   * Who sent the last one, if the socket is not connected.
   *
   * @param previous given back if it was the same again, since a new one is garbage
   */
  InetSocketAddress sender(@Nullable InetSocketAddress previous) {
    return previous != null
            && previous.getPort() == packet.getPort()
            && previous.getAddress().equals(packet.getAddress())
        ? previous
        : (InetSocketAddress) packet.getSocketAddress();
  }

  boolean isOpen() {
    TimedDatagramReceive quicker = inOneCall;
    return channel.isOpen() && (quicker == null || !quicker.isClosed());
  }

  /** Closes the channel. */
  @Override
  public void close() throws IOException {
    TimedDatagramReceive quicker = inOneCall;
    if (quicker != null) {
      quicker.close();
    } else {
      channel.close();
    }
  }
}
