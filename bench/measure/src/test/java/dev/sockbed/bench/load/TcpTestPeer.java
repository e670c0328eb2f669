package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A TCP server that does with each connection what a rule says. */
public final class TcpTestPeer implements TestPeer {
  /** What is done with a connection; its end closes the connection. */
  @FunctionalInterface
  interface Rule {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  static final Rule ECHO = stalling(() -> false);

  /** Answers so many receives of up to 128 bytes, and then takes what comes. */
  public static Rule answering(int receives) {
    return (in, out) -> {
      byte[] bytes = new byte[128];
      for (int i = 0; i < receives; i++) {
        int length = Math.max(0, in.read(bytes));
        out.write(bytes, 0, length);
      }
      in.readAllBytes();
    };
  }

  private final Rule rule;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong received = new AtomicLong();
  private final int port;
  private volatile @Nullable ServerSocket listener;
  private volatile @Nullable Thread acceptor;

  private TcpTestPeer(Rule rule) {
    this.rule = rule;
    this.port = LowPort.listen(this::listen);
  }

  public static TcpTestPeer start(Rule rule) {
    return new TcpTestPeer(rule);
  }

  static Rule stalling(BooleanSupplier stalls) {
    return (in, out) -> {
      byte[] bytes = new byte[65_536];
      for (int length; (length = in.read(bytes)) >= 0; ) {
        while (stalls.getAsBoolean()) {
          LockSupport.parkNanos(1_000_000);
        }
        out.write(bytes, 0, length);
      }
    };
  }

  @Override
  public Address address() {
    return new Address(Transport.TCP, "127.0.0.1", port);
  }

  @Override
  public long served() {
    return received.get();
  }

  private InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        received.incrementAndGet();
        return count;
      }
    };
  }

  @Override
  public void restart() {
    listen(port);
  }

  private int listen(int at) {
    try {
      // On Linux and macOS, a port whose last connections are in TIME_WAIT may be bound again.
      ServerSocket socket = new ServerSocket(at, 1_024, InetAddress.getLoopbackAddress());
      listener = socket;
      acceptor = Thread.ofPlatform().daemon().start(() -> accept(socket));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        if (socket.isClosed()) {
          reset(connection);
        }
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      }
    } catch (SocketException closed) {
      // The end of it.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      rule.serve(counting(connection.getInputStream()), connection.getOutputStream());
    } catch (IOException gone) {
      // The client's end, or ours in close().
    } finally {
      connections.remove(connection);
    }
  }

  @Override
  public void stop() {
    try {
      if (listener != null) {
        listener.close();
      }
      // A thread in accept(2) keeps a closed socket listening until it has woken.
      if (acceptor != null && !acceptor.join(Duration.ofSeconds(10))) {
        throw new IllegalStateException("the accepting thread has not ended");
      }
      connections.forEach(TcpTestPeer::reset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping", e);
    }
  }

  private static void reset(Socket connection) {
    try {
      connection.setSoLinger(true, 0);
      connection.close();
    } catch (IOException alreadyClosed) {
      // Its own thread was faster.
    }
  }
}
