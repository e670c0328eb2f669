package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.EmptyDatagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket: {@code socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)}.
 *
 * <p>The JDK hides {@code MSG_TRUNC}. So a receive asks for one byte more than its limit: if that
 * byte comes too, the datagram was longer, and {@link #truncated} says so.
 *
 * @see TcpSocket
 */
public final class UdpSocket implements BlockingSocket {
  private final DatagramChannel channel;
  private final UdpConfig config;

  /** Holds a datagram and the byte beyond the limit, which shows that it was cut. */
  private final ByteBuffer datagram;

  // By the way this socket waits, at most one of the three is there.
  private final @Nullable ChannelWait spinning;
  private final @Nullable TimedDatagrams timed;
  private final @Nullable DatagramBatches batches;

  private @Nullable FiveTuple fiveTuple;
  private @Nullable InetSocketAddress sender;
  private boolean truncated;

  private UdpSocket(DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    this.channel = channel;
    this.config = config;
    this.datagram = ByteBuffer.allocateDirect(config.receiveLimit() + 1);
    boolean plain = config.io() == IoMode.PLAIN;
    boolean spins = plain && !config.waiting().blocksAtOnce();
    boolean hasTimeout = plain && !config.receiveTimeout().isZero();
    this.batches = plain ? null : DatagramBatches.of(channel, family, config);
    this.spinning =
        spins
            ? new ChannelWait(channel, config.waiting(), config.receiveTimeout().toNanos())
            : null;
    this.timed = hasTimeout && !spins ? new TimedDatagrams(channel, config, datagram) : null;
  }

  /**
   * Creates a socket: {@code socket(2)}.
   *
   * @throws SocketFailure {@link SocketError#OUT_OF_RESOURCES}, or the family is not there
   */
  public static UdpSocket open(AddressFamily family, UdpConfig config) throws SocketFailure {
    try {
      return configured(DatagramChannel.open(family.protocolFamily()), family, config);
    } catch (IOException | UnsupportedOperationException e) {
      throw SocketFailure.of("socket " + family.posixName() + " SOCK_DGRAM", e);
    }
  }

  /**
   * Creates a socket and connects it to the first of the address's resolved addresses to which
   * there is a route. Whether anybody listens there is not known before something is sent.
   *
   * @throws SocketFailure that of the last address tried, or {@link SocketError#UNKNOWN_HOST}
   */
  public static UdpSocket connected(Address address, UdpConfig config) throws SocketFailure {
    return FirstReachable.of(
        address,
        remote -> {
          UdpSocket socket = open(AddressFamily.of(remote.getAddress()), config);
          socket.connect(remote);
          return socket;
        });
  }

  private static UdpSocket configured(
      DatagramChannel channel, AddressFamily family, UdpConfig config) throws IOException {
    try {
      BufferSizes.ask(channel, config);
      return new UdpSocket(channel, family, config);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Lets other sockets of the same user bind the same address, if they say so too: {@code
   * SO_REUSEPORT}. To be called before {@link #bind}. The system deals datagrams out among them by
   * their senders.
   *
   * @throws SocketFailure if the system can't
   */
  public void sharePort() throws SocketFailure {
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    } catch (IOException | UnsupportedOperationException e) {
      throw SocketFailure.of("setsockopt SO_REUSEPORT", e);
    }
  }

  @Override
  public void bind(InetSocketAddress local) throws SocketFailure {
    try {
      channel.bind(local);
    } catch (IOException e) {
      throw SocketFailure.of("bind " + Address.of(Transport.UDP, local), e);
    }
  }

  @Override
  public void connect(InetSocketAddress remote) throws SocketFailure {
    try {
      channel.connect(remote);
      fiveTuple =
          new FiveTuple(Transport.UDP, (InetSocketAddress) channel.getLocalAddress(), remote);
    } catch (IOException | UnsupportedAddressTypeException e) {
      close();
      throw SocketFailure.of("connect " + Address.of(Transport.UDP, remote), e);
    }
  }

  @Override
  public int send(ByteBuffer message) throws SocketFailure {
    int length = message.remaining();
    try {
      if (batches != null) {
        batches.send(message, null);
        return length;
      }
      if (length == 0) {
        sendNothing();
        return 0;
      }
      while (channel.write(message) == 0) {
        ChannelWait.giveWay(this); // The send buffer is full.
      }
      return length;
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  @Override
  public boolean enqueue(ByteBuffer message) throws SocketFailure {
    if (batches == null) {
      send(message);
      return true;
    }
    try {
      return batches.add(message, null);
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  @Override
  public void flush() throws SocketFailure {
    if (batches != null) {
      try {
        batches.flush();
      } catch (IOException e) {
        throw failure("send to", e);
      }
    }
  }

  /** The JDK's write and send of nothing on a connected channel send nothing, and say nothing. */
  private void sendNothing() throws IOException {
    if (!EmptyDatagram.send(channel)) {
      throw new IOException(
          "the JDK sends no empty datagram from a connected socket; use sendTo from another");
    }
  }

  /**
   * Sends one datagram to a given peer: {@code sendto(2)}.
   *
   * @return the number of bytes sent
   * @throws SocketFailure {@link SocketError#MESSAGE_TOO_LONG}, {@link SocketError#UNREACHABLE},
   *     {@link SocketError#PERMISSION_DENIED} or {@link SocketError#CLOSED}
   */
  public int sendTo(ByteBuffer message, InetSocketAddress remote) throws SocketFailure {
    int length = message.remaining();
    try {
      if (batches != null) {
        batches.send(message, remote);
        return length;
      }
      while (channel.send(message, remote) == 0 && length > 0) {
        ChannelWait.giveWay(this); // The send buffer is full.
      }
      return length;
    } catch (IOException e) {
      throw SocketFailure.of("sendto " + Address.of(Transport.UDP, remote), e);
    }
  }

  /**
   * As {@link #enqueue}, to a given peer.
   *
   * @return false if there is no room for it before a {@link #flush}; it was not taken then
   * @throws SocketFailure as of {@link #sendTo}, for this message
   */
  public boolean enqueueTo(ByteBuffer message, InetSocketAddress remote) throws SocketFailure {
    if (batches == null) {
      sendTo(message, remote);
      return true;
    }
    try {
      return batches.add(message, remote);
    } catch (IOException e) {
      throw SocketFailure.of("sendto " + Address.of(Transport.UDP, remote), e);
    }
  }

  /** How many datagrams were enqueued, and neither sent nor given up yet. */
  public int enqueued() {
    return batches == null ? 0 : batches.collected();
  }

  @Override
  public boolean hasReceived() {
    return batches != null && batches.hasReceived();
  }

  @Override
  public int receive(ByteBuffer buffer, int limit) throws SocketFailure {
    return receiveFrom(buffer, limit);
  }

  /**
   * Waits for a datagram, from anybody or, if this socket is connected, from its peer: {@code
   * recvfrom(2)}. {@link #sender} then tells from whom.
   *
   * @param buffer as for {@link #receive}
   * @param limit as for {@link #receive}
   * @return the number of bytes received; 0 is an empty datagram
   * @throws SocketFailure {@link SocketError#TIMED_OUT}, {@link SocketError#REFUSED} (connected
   *     only) or {@link SocketError#CLOSED}
   */
  public int receiveFrom(ByteBuffer buffer, int limit) throws SocketFailure {
    ReceiveLimit.checkedEnd(buffer, limit, config.receiveLimit());
    try {
      if (batches != null) {
        int received = batches.receive(buffer, limit);
        truncated = batches.truncated();
        sender = batches.sender();
        return received;
      }
      datagram.clear().limit(limit + 1);
      if (spinning != null) {
        receiveSpinning(spinning);
      } else if (timed != null) {
        timed.receive(datagram, fiveTuple != null);
        sender = fiveTuple == null ? timed.sender(sender) : null;
      } else if (fiveTuple != null) {
        channel.read(datagram);
      } else {
        sender = (InetSocketAddress) channel.receive(datagram);
      }
    } catch (IOException e) {
      throw failure("receive from", e);
    }
    datagram.flip();
    truncated = datagram.remaining() > limit;
    int received = Math.min(datagram.remaining(), limit);
    buffer.put(datagram.limit(received));
    return received;
  }

  private void receiveSpinning(ChannelWait wait) throws IOException {
    // Not read(), whose 0 means an empty datagram as well as none.
    wait.begin();
    InetSocketAddress from;
    while ((from = (InetSocketAddress) channel.receive(datagram)) == null) {
      wait.await();
    }
    sender = from;
  }

  /**
   * Who sent the datagram that was received last; the peer, if this socket is connected.
   *
   * @throws IllegalStateException if none was received yet
   */
  public InetSocketAddress sender() {
    if (fiveTuple != null) {
      return fiveTuple.remote();
    }
    if (sender == null) {
      throw new IllegalStateException("nothing received yet");
    }
    return sender;
  }

  @Override
  public boolean truncated() {
    return truncated;
  }

  @Override
  public FiveTuple fiveTuple() {
    if (fiveTuple == null) {
      throw new IllegalStateException("not connected");
    }
    return fiveTuple;
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
    boolean closing = (timed != null && !timed.isOpen()) || (batches != null && !batches.isOpen());
    return !closing && channel.isOpen();
  }

  @Override
  public void close() {
    if (timed != null) {
      Unchecked.close(timed);
    } else if (batches != null) {
      Unchecked.close(batches);
    } else {
      Unchecked.close(spinning != null ? spinning : channel);
    }
  }

  private SocketFailure failure(String operation, IOException cause) {
    String peer =
        fiveTuple == null ? "anybody" : Address.of(Transport.UDP, fiveTuple.remote()).toString();
    return SocketFailure.of(operation + " " + peer, cause);
  }
}
