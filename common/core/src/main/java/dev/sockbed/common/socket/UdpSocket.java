package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.ReplyMark;
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
 * @see TcpSocket
 */
public final class UdpSocket implements BlockingSocket {
  private final DatagramChannel channel;
  private final AddressFamily family;
  private final UdpConfig config;
  private final DatagramIo io;
  private @Nullable FiveTuple fiveTuple;

  private UdpSocket(DatagramChannel channel, AddressFamily family, UdpConfig config)
      throws IOException {
    this.channel = channel;
    this.family = family;
    this.config = config;
    this.io = DatagramIo.of(channel, family, config);
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
   * Creates a socket and connects it, from where the configuration says, to the address, to which
   * there must be a route. Whether anybody listens there is not known before something is sent. So
   * of a name with several addresses, each is sent an empty datagram first, until one answers; if
   * none does, the first that did not refuse it and can be connected to is taken, or else one that
   * refused it.
   *
   * @throws SocketFailure that of the last address tried, as of {@link #bind} and {@link #connect},
   *     or of {@link LocalEnd#remotes}
   */
  public static UdpSocket connected(Address address, UdpConfig config) throws SocketFailure {
    LocalEnd local = config.shared().local();
    return FirstReachable.connected(
        UdpPresence.presentFirst(local.remotes(address), local),
        local,
        family -> open(family, config));
  }

  private static UdpSocket configured(
      DatagramChannel channel, AddressFamily family, UdpConfig config) throws IOException {
    try {
      SystemOptions.set(channel, family, config);
      return new UdpSocket(channel, family, config);
    } catch (IOException | RuntimeException e) {
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
    SystemOptions.sharePort(channel);
  }

  /**
   * For a socket that answers whatever comes: marks what it sends as replies, by a hop limit that
   * no system gives to anything else, and lets it receive no datagram that is marked so. Two
   * servers that are made to talk to each other by a forged source fall silent after one reply.
   *
   * @return false where the system can't: on systems other than Linux, or without native access
   * @throws SocketFailure {@link SocketError#CLOSED}
   */
  public boolean answersNoReplies() throws SocketFailure {
    try {
      return ReplyMark.set(channel, family == AddressFamily.INET6);
    } catch (IOException e) {
      throw failure("setsockopt SO_ATTACH_FILTER of", e);
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
      io.connected();
    } catch (IOException | UnsupportedAddressTypeException e) {
      close();
      throw SocketFailure.of("connect " + Address.of(Transport.UDP, remote), e);
    }
  }

  @Override
  public int send(ByteBuffer message) throws SocketFailure {
    return sendNow(message, null);
  }

  @Override
  public boolean enqueue(ByteBuffer message) throws SocketFailure {
    return sendSoon(message, null);
  }

  @Override
  public void flush() throws SocketFailure {
    try {
      io.flush();
    } catch (IOException e) {
      throw failure("send to", e);
    }
  }

  /**
   * Sends one datagram to a given peer: {@code sendto(2)}.
   *
   * @return the number of bytes sent
   * @throws SocketFailure {@link SocketError#MESSAGE_TOO_LONG}, {@link SocketError#UNREACHABLE},
   *     {@link SocketError#PERMISSION_DENIED}, {@link SocketError#WRONG_FAMILY} or {@link
   *     SocketError#CLOSED}
   */
  public int sendTo(ByteBuffer message, InetSocketAddress remote) throws SocketFailure {
    return sendNow(message, remote);
  }

  /**
   * As {@link #enqueue}, to a given peer.
   *
   * @return false if there is no room for it before a {@link #flush}; it was not taken then
   * @throws SocketFailure as of {@link #sendTo}, for this message
   */
  public boolean enqueueTo(ByteBuffer message, InetSocketAddress remote) throws SocketFailure {
    return sendSoon(message, remote);
  }

  /**
   * As {@link #enqueueTo}, of several datagrams of one length that stand one after the other in the
   * buffer, whose position moves behind those that were taken.
   *
   * @param length bytes of each; if that is 0 it is one
   * @param remote to whom, or null for the connected peer
   * @return false if there is no room for all before a {@link #flush}
   * @throws SocketFailure as of {@link #sendTo}, for the one at the buffer's position
   */
  public boolean enqueueRun(ByteBuffer messages, int length, @Nullable InetSocketAddress remote)
      throws SocketFailure {
    try {
      return io.enqueueRun(messages, length, remote);
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw notSent(remote, e);
    }
  }

  private int sendNow(ByteBuffer message, @Nullable InetSocketAddress remote) throws SocketFailure {
    int length = message.remaining();
    try {
      io.send(message, remote);
      return length;
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw notSent(remote, e);
    }
  }

  private boolean sendSoon(ByteBuffer message, @Nullable InetSocketAddress remote)
      throws SocketFailure {
    try {
      return io.enqueue(message, remote);
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw notSent(remote, e);
    }
  }

  private SocketFailure notSent(@Nullable InetSocketAddress remote, Exception cause) {
    return remote == null
        ? failure("send to", cause)
        : SocketFailure.of("sendto " + Address.of(Transport.UDP, remote), cause);
  }

  /** How many datagrams were enqueued, and neither sent nor given up yet. */
  public int enqueued() {
    return io.enqueued();
  }

  @Override
  public boolean hasReceived() {
    return io.hasReceived();
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
      return io.receive(buffer, limit);
    } catch (IOException e) {
      throw failure("receive from", e);
    }
  }

  /**
   * As {@link #receiveFrom}, and puts behind that datagram those that came with it, if they are of
   * the same sender and length and there is room for them. More than one is cut never.
   *
   * @return how many bytes each of them has; if that is 0 it is one
   * @throws SocketFailure as of {@link #receiveFrom}
   */
  public int receiveRun(ByteBuffer buffer, int limit) throws SocketFailure {
    ReceiveLimit.checkedEnd(buffer, limit, config.receiveLimit());
    try {
      return io.receiveRun(buffer, limit);
    } catch (IOException e) {
      throw failure("receive from", e);
    }
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
    InetSocketAddress sender = io.sender();
    if (sender == null) {
      throw new IllegalStateException("nothing received yet");
    }
    return sender;
  }

  @Override
  public boolean truncated() {
    return io.truncated();
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
  public GrantedOptions options() throws SocketFailure {
    try {
      return SystemOptions.granted(channel);
    } catch (IOException e) {
      throw failure("getsockopt of", e);
    }
  }

  /**
   * A new socket in the place of this one, which is closed: connected to the same peer, from the
   * same port if nobody took it meanwhile, so that the peer does not notice. This is how to go on
   * after a receive without a timeout, which nothing ends but a close.
   *
   * @throws IllegalStateException if this one was not connected
   * @throws SocketFailure as of {@link #open}, {@link #bind} and {@link #connect}
   */
  public UdpSocket reopened() throws SocketFailure {
    FiveTuple before = fiveTuple();
    UdpSocket again = open(AddressFamily.of(before.remote().getAddress()), config);
    try {
      again.bind(before.local());
    } catch (SocketFailure e) {
      if (e.error() != SocketError.ADDRESS_IN_USE) {
        again.close();
        throw e;
      }
      // Then connecting picks another port.
    }
    again.connect(before.remote());
    return again;
  }

  @Override
  public boolean isOpen() {
    return io.isOpen();
  }

  @Override
  public void close() {
    Unchecked.close(io);
  }

  private SocketFailure failure(String operation, Exception cause) {
    String peer =
        fiveTuple == null ? "anybody" : Address.of(Transport.UDP, fiveTuple.remote()).toString();
    return SocketFailure.of(operation + " " + peer, cause);
  }
}
