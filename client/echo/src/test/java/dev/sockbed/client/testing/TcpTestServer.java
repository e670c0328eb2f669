package dev.sockbed.client.testing;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A TCP server on loopback, made of plain JDK sockets, that treats each connection as the test
 * says.
 *
 * @see UdpTestServer
 */
public final class TcpTestServer implements AutoCloseable {
  /** What is done with a connection; it stays open after this, until the server closes. */
  @FunctionalInterface
  public interface Conversation {
    /** Holds it; what it throws is nobody's fault once the server is closing. */
    void hold(Socket peer) throws IOException;
  }

  /** Sends back what comes, until it ends. */
  public static final Conversation ECHO =
      peer -> {
        peer.setTcpNoDelay(true);
        InputStream in = peer.getInputStream();
        in.transferTo(peer.getOutputStream());
        peer.close();
      };

  /** Reads what comes, until it ends, and says nothing. */
  public static final Conversation SILENCE =
      peer -> {
        peer.getInputStream().transferTo(OutputStream.nullOutputStream());
        peer.close();
      };

  private final ServerSocket listener;
  private final Queue<Socket> peers = new ConcurrentLinkedQueue<>();

  private TcpTestServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** Listens on 127.0.0.1, at any free port. */
  public static TcpTestServer open(Conversation conversation) {
    return open("127.0.0.1", conversation);
  }

  /**
   * Listens at any free port.
   *
   * @param host a numeric loopback address
   */
  public static TcpTestServer open(String host, Conversation conversation) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
      TcpTestServer server = new TcpTestServer(listener);
      Thread.ofVirtual().name("test-accept").start(() -> server.accept(conversation));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public Address address() {
    return Address.of(Transport.TCP, (InetSocketAddress) listener.getLocalSocketAddress());
  }

  private void accept(Conversation conversation) {
    try {
      while (true) {
        Socket peer = listener.accept();
        peers.add(peer);
        Thread.ofVirtual().name("test-conversation").start(() -> hold(conversation, peer));
      }
    } catch (SocketException closed) {
      peers.forEach(TcpTestServer::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hold(Conversation conversation, Socket peer) {
    try {
      conversation.hold(peer);
    } catch (SocketException clientIsGone) {
      close(peer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(Socket peer) {
    try {
      peer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the listener and all connections. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    peers.forEach(TcpTestServer::close);
  }
}
