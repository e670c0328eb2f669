package dev.sockbed.bench.conformance.planted;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts callers and lets a wrong program serve each, in a thread of its own or not. */
final class TcpFixture implements AutoCloseable {
  private final ServerSocket listener;
  private final Service service;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What is done for one caller; its end closes the connection. */
  @FunctionalInterface
  interface Service {
    void serve(Socket caller, TcpFixture server) throws IOException, InterruptedException;
  }

  private TcpFixture(Service service, boolean together) throws IOException {
    this.service = service;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> acceptAll(together));
  }

  static TcpFixture open(Service service) {
    return open(service, true);
  }

  static TcpFixture open(Service service, boolean together) {
    try {
      return new TcpFixture(service, together);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Address address() {
    return Address.of(Transport.TCP, (InetSocketAddress) listener.getLocalSocketAddress());
  }

  Set<Socket> callers() {
    return open;
  }

  private void acceptAll(boolean together) {
    try {
      while (true) {
        Socket caller = listener.accept();
        caller.setTcpNoDelay(true);
        open.add(caller);
        if (together) {
          Thread.ofVirtual().start(() -> serve(caller));
        } else {
          serve(caller);
        }
      }
    } catch (IOException closed) {
      close();
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      service.serve(caller, this);
    } catch (IOException | InterruptedException callerIsGone) {
      // Its connection is closed in any case.
      open.remove(caller);
    } finally {
      open.remove(caller);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket caller : open) {
        caller.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
