package dev.sockbed.bench.conformance.peers;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The checker's listener, open as long as a client is judged. Connections that nobody asked for are
 * broken off.
 */
public final class TcpHost implements AutoCloseable {
  private static final int MOST_WAITING = 16;

  private final TcpListener listener;
  private final Address address;
  private final BlockingQueue<TcpSocket> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  private TcpHost(TcpListener listener) {
    this.listener = listener;
    this.address = Address.of(Transport.TCP, listener.localAddress());
    ThreadKind.VIRTUAL.start("sockbed-check-accept", this::acceptAll);
  }

  /**
   * Listens.
   *
   * @throws SocketFailure if the address can't be had
   */
  public static TcpHost open(Address local, Duration sendTimeout) throws SocketFailure {
    InetSocketAddress end = local.resolve().getFirst();
    TcpListener listener =
        TcpListener.open(AddressFamily.of(end.getAddress()), TcpPeer.config(sendTimeout));
    try {
      listener.bind(end);
      listener.listen(MOST_WAITING);
      return new TcpHost(listener);
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
  }

  private void acceptAll() {
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

  /** Where it listens, with the port that was picked. */
  public Address address() {
    return address;
  }

  @Override
  public void close() {
    listener.close();
    forgetWaiting();
  }
}
