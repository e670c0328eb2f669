package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.TcpInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection: {@code socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)}.
 *
 * @see UdpSocket
 */
public final class TcpSocket implements BlockingSocket {
  private final SocketChannel channel;
  private final TcpConfig config;
  private final Watchdog.@Nullable Guard sendGuard;

  // Set once connected, by the way this socket waits; at most one of the two is there.
  private @Nullable ChannelWait spinning;
  private @Nullable TimedInput timed;
  private @Nullable StreamBatches batches;
  private @Nullable FiveTuple fiveTuple;

  private TcpSocket(SocketChannel channel, TcpConfig config) {
    this.channel = channel;
    this.config = config;
    this.sendGuard =
        config.sendTimeout().isZero()
            ? null
            : Watchdog.guard(config.sendTimeout(), this::closeChannel);
  }

  /**
   * Creates a socket: {@code socket(2)}.
   *
   * @throws SocketFailure {@link SocketError#OUT_OF_RESOURCES}, or the family is not there
   */
  public static TcpSocket open(AddressFamily family, TcpConfig config) throws SocketFailure {
    try {
      return configured(SocketChannel.open(family.protocolFamily()), config);
    } catch (IOException | UnsupportedOperationException e) {
      throw SocketFailure.of("socket " + family.posixName() + " SOCK_STREAM", e);
    }
  }

  /**
   * Creates a socket and connects it to the first of the address's resolved addresses that answers.
   *
   * @throws SocketFailure that of the last address tried, or {@link SocketError#UNKNOWN_HOST}
   */
  public static TcpSocket connected(Address address, TcpConfig config) throws SocketFailure {
    return FirstReachable.of(
        address,
        remote -> {
          TcpSocket socket = open(AddressFamily.of(remote.getAddress()), config);
          socket.connect(remote);
          return socket;
        });
  }

  /** A connection that {@link TcpListener} took from its queue. */
  static TcpSocket accepted(SocketChannel channel, TcpConfig config) throws IOException {
    TcpSocket socket = configured(channel, config);
    try {
      socket.established();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static TcpSocket configured(SocketChannel channel, TcpConfig config) throws IOException {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, config.noDelay());
      BufferSizes.ask(channel, config);
      return new TcpSocket(channel, config);
    } catch (IOException e) {
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
      channel.socket().connect(remote, Millis.roundedUp(config.connectTimeout()));
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

  private void established() throws IOException {
    fiveTuple =
        new FiveTuple(
            Transport.TCP,
            (InetSocketAddress) channel.getLocalAddress(),
            (InetSocketAddress) channel.getRemoteAddress());
    batches = config.io() == IoMode.BATCHED ? new StreamBatches() : null;
    if (!config.waiting().blocksAtOnce()) {
      spinning = new ChannelWait(channel, config.waiting(), config.receiveTimeout().toNanos());
    } else if (!config.receiveTimeout().isZero()) {
      channel.socket().setSoTimeout(Millis.roundedUp(config.receiveTimeout()));
      timed = new TimedInput(channel.socket().getInputStream());
    }
  }

  @Override
  public int send(ByteBuffer message) throws SocketFailure {
    flush();
    return sendAll(message);
  }

  @Override
  public boolean enqueue(ByteBuffer message) throws SocketFailure {
    if (batches != null && channel.isOpen()) {
      if (batches.add(message)) {
        return true;
      }
      if (batches.hasCollected()) {
        return false;
      }
    }
    sendAll(message); // Longer than a batch, or there are none.
    return true;
  }

  @Override
  public void flush() throws SocketFailure {
    if (batches != null && batches.hasCollected()) {
      try {
        sendAll(batches.toSend());
      } finally {
        batches.sent();
      }
    }
  }

  private int sendAll(ByteBuffer message) throws SocketFailure {
    int length = message.remaining();
    Watchdog.Guard guard = sendGuard;
    if (guard != null) {
      guard.arm(config.sendTimeout().toNanos());
    }
    try {
      while (message.hasRemaining()) {
        if (channel.write(message) == 0) {
          ChannelWait.giveWay(this); // Its peer does not read; the guard ends a long wait.
        }
      }
      if (!channel.isOpen()) {
        // A virtual thread's write that waits while the channel is closed returns as if it was
        // done.
        throw new ClosedChannelException();
      }
      return length;
    } catch (IOException e) {
      throw guard != null && guard.expired() && e instanceof ClosedChannelException
          ? new SocketFailure(SocketError.TIMED_OUT, "send to " + peer(), e)
          : failure("send to", e);
    } finally {
      if (guard != null) {
        guard.disarm();
      }
    }
  }

  @Override
  public boolean hasReceived() {
    return batches != null && batches.hasReceived();
  }

  @Override
  public int receive(ByteBuffer buffer, int limit) throws SocketFailure {
    int end = buffer.limit();
    buffer.limit(ReceiveLimit.checkedEnd(buffer, limit, config.receiveLimit()));
    try {
      if (batches == null) {
        return receiveInto(buffer);
      }
      return batches.hasReceived() || receiveAhead(batches) ? batches.take(buffer) : END_OF_STREAM;
    } catch (IOException e) {
      throw failure("receive from", e);
    } finally {
      buffer.limit(end);
    }
  }

  /** As much as there is; false at the end of the stream. */
  private boolean receiveAhead(StreamBatches batches) throws IOException {
    try {
      return receiveInto(batches.toFill()) != END_OF_STREAM;
    } finally {
      batches.filled();
    }
  }

  private int receiveInto(ByteBuffer buffer) throws IOException {
    if (spinning != null) {
      return receiveSpinning(spinning, buffer);
    }
    return timed != null ? timed.receive(buffer) : channel.read(buffer);
  }

  private int receiveSpinning(ChannelWait wait, ByteBuffer buffer) throws IOException {
    wait.begin();
    int received;
    while ((received = channel.read(buffer)) == 0) {
      wait.await();
    }
    return received;
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
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    if (sendGuard != null) {
      sendGuard.close();
    }
    closeChannel();
  }

  private void closeChannel() {
    Unchecked.close(spinning != null ? spinning : channel);
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
