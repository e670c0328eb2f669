package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.ChannelOptions;
import dev.sockbed.common.linux.TcpInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection: {@code socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)}.
 *
 * @see UdpSocket
 */
public final class TcpSocket implements BlockingSocket {
  private final SocketChannel channel;
  private final TcpConfig config;
  private final StreamIo io;
  private @Nullable FiveTuple fiveTuple;

  private TcpSocket(SocketChannel channel, TcpConfig config) {
    this.channel = channel;
    this.config = config;
    this.io = StreamIo.of(channel, config);
  }

  /**
   * Creates a socket: {@code socket(2)}.
   *
   * @throws SocketFailure {@link SocketError#OUT_OF_RESOURCES}, or the family is not there
   */
  public static TcpSocket open(AddressFamily family, TcpConfig config) throws SocketFailure {
    try {
      return configured(SocketChannel.open(family.protocolFamily()), family, config);
    } catch (IOException | UnsupportedOperationException e) {
      throw SocketFailure.of("socket " + family.posixName() + " SOCK_STREAM", e);
    }
  }

  /**
   * Creates a socket and connects it, from where the configuration says, to the first of the
   * address's resolved addresses that answers.
   *
   * @throws SocketFailure that of the last address tried, as of {@link #bind} and {@link #connect},
   *     or of {@link LocalEnd#remotes}
   */
  public static TcpSocket connected(Address address, TcpConfig config) throws SocketFailure {
    LocalEnd local = config.shared().local();
    return FirstReachable.connected(local.remotes(address), local, family -> open(family, config));
  }

  /** A connection that {@link TcpListener} took from its queue. */
  static TcpSocket accepted(SocketChannel channel, TcpConfig config) throws IOException {
    AddressFamily family =
        AddressFamily.of(((InetSocketAddress) channel.getLocalAddress()).getAddress());
    TcpSocket socket = configured(channel, family, config);
    try {
      socket.established();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static TcpSocket configured(SocketChannel channel, AddressFamily family, TcpConfig config)
      throws IOException {
    try {
      SystemOptions.setConnection(channel, config);
      SystemOptions.set(channel, family, config);
      return new TcpSocket(channel, config);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void bind(InetSocketAddress local) throws SocketFailure {
    try {
      channel.bind(local);
    } catch (IOException e) {
      throw SocketFailure.of("bind " + Address.of(Transport.TCP, local), e);
    }
  }

  @Override
  public void connect(InetSocketAddress remote) throws SocketFailure {
    String operation = "connect " + Address.of(Transport.TCP, remote);
    try {
      channel.socket().connect(remote, millisRoundedUp(config.connectTimeout()));
      if (remote.equals(channel.getLocalAddress())) {
        // Simultaneous open with itself: nothing listens on a port of the range that the system
        // picks local ports from, and it picked just that one.
        throw new SocketFailure(SocketError.REFUSED, operation, null);
      }
      established();
    } catch (IOException e) {
      close();
      throw SocketFailure.of(operation, e);
    }
  }

  /** The JDK counts whole milliseconds, and takes 0 for "for ever". */
  private static int millisRoundedUp(Duration timeout) {
    return (int) Math.min(timeout.plusNanos(999_999).toMillis(), Integer.MAX_VALUE);
  }

  private void established() throws IOException {
    fiveTuple =
        new FiveTuple(
            Transport.TCP,
            (InetSocketAddress) channel.getLocalAddress(),
            (InetSocketAddress) channel.getRemoteAddress());
    io.connected();
  }

  @Override
  public int send(ByteBuffer message) throws SocketFailure {
    int length = message.remaining();
    try {
      io.send(message);
      return length;
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  @Override
  public boolean enqueue(ByteBuffer message) throws SocketFailure {
    try {
      return io.enqueue(message);
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  @Override
  public void flush() throws SocketFailure {
    try {
      io.flush();
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  @Override
  public boolean hasReceived() {
    return io.hasReceived();
  }

  @Override
  public int receive(ByteBuffer buffer, int limit) throws SocketFailure {
    int end = buffer.limit();
    buffer.limit(ReceiveLimit.checkedEnd(buffer, limit, config.receiveLimit()));
    try {
      int received = io.receive(buffer);
      if (config.quickAck() && received != END_OF_STREAM) {
        ChannelOptions.acknowledgeAtOnce(channel);
      }
      return received;
    } catch (IOException e) {
      throw failure("receive from", e);
    } finally {
      buffer.limit(end);
    }
  }

  /**
   * Waits as {@link #receive} does, and gives what came without copying it: with {@link
   * dev.sockbed.common.IoMode#BATCHED} as much as one call of the system gave, many receives'
   * worth, else one receive.
   *
   * @param buffer for one receive; empty from its beginning
   * @return the bytes, until the next receive. With batches, those that are left between position
   *     and limit are what that one gives. None at the end of the stream
   * @throws SocketFailure as of {@link #receive}
   */
  public ByteBuffer receiveAvailable(ByteBuffer buffer, int limit) throws SocketFailure {
    buffer.clear().limit(ReceiveLimit.checkedEnd(buffer, limit, config.receiveLimit()));
    try {
      return io.receiveAvailable(buffer);
    } catch (IOException e) {
      throw failure("receive from", e);
    }
  }

  /**
   * Takes what has come, without waiting; for a socket that {@link Readiness} watches.
   *
   * @return as {@link #receive}, and 0 if nothing has come
   */
  public int receiveNow(ByteBuffer buffer, int limit) throws SocketFailure {
    int end = buffer.limit();
    buffer.limit(ReceiveLimit.checkedEnd(buffer, limit, config.receiveLimit()));
    try {
      return channel.read(buffer);
    } catch (IOException e) {
      throw failure("receive from", e);
    } finally {
      buffer.limit(end);
    }
  }

  /**
   * Sends as much as the system has room for, without waiting; for a socket that {@link Readiness}
   * watches.
   *
   * @return whether that was all
   */
  public boolean sendNow(ByteBuffer message) throws SocketFailure {
    try {
      channel.write(message);
      return !message.hasRemaining();
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  /** The channel to wait for. */
  SocketChannel channel() {
    return channel;
  }

  @Override
  public boolean truncated() {
    return false;
  }

  /**
   * Says that this end will send no more, and still receives: {@code shutdown(SHUT_WR)}. The peer
   * reads the end of the stream.
   *
   * @throws SocketFailure {@link SocketError#CLOSED} or {@link SocketError#RESET}
   */
  public void shutdownOutput() throws SocketFailure {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw failure("shutdown to", e);
    }
  }

  /**
   * Breaks the connection off: closes with {@code SO_LINGER} 0, so that the peer gets a RST and
   * bytes under way are lost.
   *
   * @throws SocketFailure {@link SocketError#CLOSED}
   */
  public void reset() throws SocketFailure {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      throw failure("reset to", e);
    } finally {
      close();
    }
  }

  @Override
  public FiveTuple fiveTuple() {
    if (fiveTuple == null) {
      throw new IllegalStateException("not connected");
    }
    return fiveTuple;
  }

  /**
   * What the system knows about the connection at this moment: {@code getsockopt(TCP_INFO)}.
   *
   * @return null where it does not tell: on another system than Linux, without native access, and
   *     for a closed socket
   */
  public @Nullable TcpInfo info() {
    return TcpInfo.of(channel);
  }

  @Override
  public InetSocketAddress localAddress() {
    return LocalAddress.of(channel);
  }

  @Override
  public int receiveBufferBytes() throws SocketFailure {
    try {
      return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    } catch (IOException e) {
      throw failure("getsockopt SO_RCVBUF of", e);
    }
  }

  @Override
  public GrantedOptions options() throws SocketFailure {
    try {
      return SystemOptions.granted(channel);
    } catch (IOException e) {
      throw failure("getsockopt of", e);
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    Unchecked.close(io);
  }

  /**
   * Gives back the buffers that it borrowed for batches, after {@link #close}. Only to be called
   * when no thread is in a call of this socket, nor will be; if it is not called, the collector
   * frees them some day.
   */
  public void release() {
    io.release();
  }

  private SocketFailure failure(String operation, IOException cause) {
    return SocketFailure.of(operation + " " + peer(), cause);
  }

  private String peer() {
    return fiveTuple == null
        ? "(not connected)"
        : Address.of(Transport.TCP, fiveTuple.remote()).toString();
  }
}
