package dev.sockbed.bench.link;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one thread's datagrams, many with one system call where the sockets can: they go out with
 * {@link #flush}. Several outboxes may send through the same socket.
 */
final class DatagramOutbox {
  private final Consumer<SocketFailure> failed;
  private final List<UdpSocket> unsent = new ArrayList<>();

  /**
   * Where datagrams go.
   *
   * @param peer to whom, or null if the socket is connected
   */
  record Destination(UdpSocket socket, @Nullable InetSocketAddress peer) {
    private boolean enqueue(ByteBuffer payload) throws SocketFailure {
      return peer == null ? socket.enqueue(payload) : socket.enqueueTo(payload, peer);
    }
  }

  /**
   * An empty one.
   *
   * @param failed learns of each datagram that could not be sent
   */
  DatagramOutbox(Consumer<SocketFailure> failed) {
    this.failed = failed;
  }

  /** Takes a datagram, which may go out at once. */
  void send(Destination destination, ByteBuffer payload) {
    UdpSocket socket = destination.socket();
    // Several threads may send: those that receive, and the delay line's.
    synchronized (socket) {
      try {
        while (!destination.enqueue(payload)) {
          flush(socket);
        }
      } catch (SocketFailure e) {
        failed.accept(e);
      }
    }
    if (unsent.isEmpty() || !unsent.contains(socket)) {
      unsent.add(socket);
    }
  }

  /** Sends what was taken. */
  void flush() {
    for (UdpSocket socket : unsent) {
      synchronized (socket) {
        flush(socket);
      }
    }
    unsent.clear();
  }

  /** A datagram that can't be sent does not hinder those behind it. */
  private void flush(UdpSocket socket) {
    boolean done = false;
    while (!done) {
      try {
        socket.flush();
        done = true;
      } catch (SocketFailure e) {
        failed.accept(e);
        done = e.error() == SocketError.CLOSED;
      }
    }
  }
}
