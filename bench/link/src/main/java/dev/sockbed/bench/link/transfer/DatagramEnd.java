package dev.sockbed.bench.link.transfer;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One end's socket: connected, or answering whom the last datagram came from. */
final class DatagramEnd {
  private final UdpSocket socket;
  private final boolean connected;
  private volatile @Nullable InetSocketAddress peer;

  DatagramEnd(UdpSocket socket, boolean connected) {
    this.socket = socket;
    this.connected = connected;
  }

  /** Sends to the peer; what can't be sent is lost, as datagrams are. */
  void send(ByteBuffer datagram) throws SocketFailure {
    try {
      InetSocketAddress to = peer;
      if (connected) {
        socket.send(datagram);
      } else if (to != null) {
        socket.sendTo(datagram, to);
      }
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) {
        throw e;
      }
    }
  }

  /**
   * Waits for a datagram.
   *
   * @return its bytes in the buffer, or null if nothing came within the socket's timeout
   * @throws SocketFailure {@link SocketError#CLOSED}
   */
  @Nullable ByteBuffer receive(ByteBuffer buffer) throws SocketFailure {
    try {
      socket.receiveFrom(buffer.clear(), buffer.capacity());
      if (!connected) {
        peer = socket.sender();
      }
      return buffer.flip();
    } catch (SocketFailure e) {
      if (e.error() == SocketError.CLOSED) {
        throw e;
      }
      return null; // Timed out, or a refusal of what was sent before.
    }
  }

  boolean isOpen() {
    return socket.isOpen();
  }
}
