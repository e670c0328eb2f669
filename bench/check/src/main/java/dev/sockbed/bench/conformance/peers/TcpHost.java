package dev.sockbed.bench.conformance.peers;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.OnePort;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The checker's listener, at one or more addresses, open as long as a client is judged. Connections
 * that nobody asked for are broken off.
 */
public final class TcpHost implements AutoCloseable {
  private static final int MOST_WAITING = 16;

  private final List<TcpListener> listeners;
  private final Address address;
  private final BlockingQueue<TcpSocket> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  private TcpHost(List<TcpListener> listeners) {
    this.listeners = listeners;
    this.address = Address.of(Transport.TCP, listeners.getFirst().localAddress());
    for (TcpListener listener : listeners) {
      ThreadKind.VIRTUAL.start("sockbed-check-accept", () -> acceptAll(listener));
    }
  }

  /**
   * Listens.
   *
   * @param ends the addresses, with port 0 for any free one, which is then that of all
   * @throws SocketFailure if an address can't be had
   */
  public static TcpHost open(List<InetSocketAddress> ends, Duration sendTimeout)
      throws SocketFailure {
    OnePort<TcpListener> onePort =
        new OnePort<>(
            end -> listener(end, sendTimeout),
            listener -> listener.localAddress().getPort(),
            TcpListener::close);
    return new TcpHost(onePort.at(ends));
  }

  private static TcpListener listener(InetSocketAddress end, Duration sendTimeout)
      throws SocketFailure {
    TcpListener listener =
        TcpListener.open(AddressFamily.of(end.getAddress()), TcpCheckPeer.config(sendTimeout));
    try {
      listener.bind(end);
      listener.listen(MOST_WAITING);
      return listener;
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
  }

  private void acceptAll(TcpListener listener) {
    try {
      while (true) {
        TcpSocket socket = listener.accept();
        if (!waiting.offer(socket)) {
          socket.reset();
        }
      }
    } catch (SocketFailure e) {
      if (e.error() != SocketError.CLOSED) {
        listener.close(); // Then no more clients come, and the cases say so.
      }
    }
  }

  /**
   * Waits for a client.
   *
   * @return null if none came in that time
   */
  public @Nullable TcpSocket accept(Duration within) throws InterruptedException {
    return waiting.poll(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Breaks off connections that nobody waited for, so that the next case has its own. */
  public void forgetWaiting() {
    TcpSocket left;
    while ((left = waiting.poll()) != null) {
      left.close();
    }
  }

  /** Where it listens, first of all, with the port that was picked. */
  public Address address() {
    return address;
  }

  @Override
  public void close() {
    listeners.forEach(TcpListener::close);
    forgetWaiting();
  }
}
