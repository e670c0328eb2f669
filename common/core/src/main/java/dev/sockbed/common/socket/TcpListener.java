package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The accepting side of TCP: a socket that never carries data, only takes connections. UDP has no
 * such thing: its one socket hears everybody.
 *
 * <p>A connection is made as soon as the system has put it in the queue: a client may be connected,
 * and have sent, before {@link #accept} is called.
 */
public final class TcpListener implements Closeable {
  private final ServerSocketChannel channel;
  private final TcpConfig config;
  private @Nullable InetSocketAddress requested;
  private String listeningOn = "(not listening)";

  private TcpListener(ServerSocketChannel channel, TcpConfig config) {
    this.channel = channel;
    this.config = config;
  }

  /**
   * Creates a socket: {@code socket(2)}. A port whose old connections are in TIME_WAIT can be bound
   * again ({@code SO_REUSEADDR}).
   *
   * @throws SocketFailure {@link SocketError#OUT_OF_RESOURCES}, or the family is not there
   */
  public static TcpListener open(AddressFamily family, TcpConfig config) throws SocketFailure {
    try {
      return configured(ServerSocketChannel.open(family.protocolFamily()), family, config);
    } catch (IOException | UnsupportedOperationException e) {
      throw SocketFailure.of("socket " + family.posixName() + " SOCK_STREAM", e);
    }
  }

  private static TcpListener configured(
      ServerSocketChannel channel, AddressFamily family, TcpConfig config) throws IOException {
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      SystemOptions.set(channel, family, config);
      return new TcpListener(channel, config);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Lets other sockets of the same user bind the same address, if they say so too: {@code
   * SO_REUSEPORT}. To be called before {@link #bind}. The system deals connections out among them.
   *
   * @throws SocketFailure if the system can't
   */
  public void sharePort() throws SocketFailure {
    SystemOptions.sharePort(channel);
  }

  /**
   * Names the address to listen on: {@code bind(2)}. The JDK binds and listens in one call, so this
   * remembers the address, and a fault in it shows in {@link #listen}.
   *
   * @param local address, and port or 0 for any free one
   */
  public void bind(InetSocketAddress local) {
    requested = local;
  }

  /**
   * Begins to take connections into a queue: {@code listen(2)}.
   *
   * @param backlog the most connections that wait in the queue, at least 1; the system may round it
   * @throws IllegalStateException if {@link #bind} was not called
   * @throws IllegalArgumentException if {@code backlog} is below 1, which the JDK takes for 50
   * @throws SocketFailure {@link SocketError#ADDRESS_IN_USE}, {@link
   *     SocketError#ADDRESS_NOT_AVAILABLE} or {@link SocketError#PERMISSION_DENIED}
   */
  public void listen(int backlog) throws SocketFailure {
    if (requested == null) {
      throw new IllegalStateException("bind first");
    }
    if (backlog < 1) {
      throw new IllegalArgumentException("the backlog must be at least 1, not " + backlog);
    }
    try {
      channel.bind(requested, backlog);
      listeningOn = Address.of(Transport.TCP, localAddress()).toString();
    } catch (IOException e) {
      throw SocketFailure.of("listen " + Address.of(Transport.TCP, requested), e);
    }
  }

  /**
   * Waits for a connection and takes it from the queue: {@code accept(2)}.
   *
   * @return a connected socket, with this listener's configuration
   * @throws SocketFailure {@link SocketError#CLOSED}; {@link SocketError#OUT_OF_RESOURCES} when the
   *     process may open no more descriptors, in which case the connection stays in the queue; any
   *     error caused by an {@link OutOfMemoryError} when the connection was taken from the queue
   *     and closed, for want of memory or threads
   */
  public TcpSocket accept() throws SocketFailure {
    try {
      return accepted(channel.accept());
    } catch (IOException e) {
      throw SocketFailure.of("accept on " + listeningOn, e);
    }
  }

  /**
   * Takes a connection from the queue if there is one, without waiting; for a listener that {@link
   * Readiness} watches.
   *
   * @return null if there is none
   * @throws SocketFailure as {@link #accept}
   */
  public @Nullable TcpSocket acceptNow() throws SocketFailure {
    try {
      SocketChannel accepted = channel.accept();
      return accepted == null ? null : accepted(accepted);
    } catch (IOException e) {
      throw SocketFailure.of("accept on " + listeningOn, e);
    }
  }

  private TcpSocket accepted(SocketChannel accepted) throws IOException {
    try {
      return TcpSocket.accepted(accepted, config);
    } catch (OutOfMemoryError e) {
      accepted.close();
      throw new SocketFailure(SocketError.OTHER, "accept on " + listeningOn, e);
    }
  }

  /** The channel to wait for. */
  ServerSocketChannel channel() {
    return channel;
  }

  /**
   * Where it listens, with the port that was picked.
   *
   * @throws IllegalStateException before {@link #listen} and after {@link #close}
   */
  public InetSocketAddress localAddress() {
    return LocalAddress.of(channel);
  }

  /** Closes; a waiting {@link #accept} fails with {@link SocketError#CLOSED}. */
  @Override
  public void close() {
    Unchecked.close(channel);
  }
}
