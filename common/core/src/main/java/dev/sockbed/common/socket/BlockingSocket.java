package dev.sockbed.common.socket;

import dev.sockbed.common.Address;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A socket whose calls wait until they are done: what {@link TcpSocket} and {@link UdpSocket} have
 * in common. See the package for which thread may call what.
 */
public sealed interface BlockingSocket extends Closeable permits TcpSocket, UdpSocket {

  /** What {@link #receive} returns at the end of a TCP stream: the peer will send no more. */
  int END_OF_STREAM = -1;

  /**
   * Connects over the transport that the configuration is for, as {@link TcpSocket#connected} and
   * {@link UdpSocket#connected} do.
   */
  static BlockingSocket connected(Address address, SocketConfig config) throws SocketFailure {
    return switch (config) {
      case TcpConfig tcp -> TcpSocket.connected(address, tcp);
      case UdpConfig udp -> UdpSocket.connected(address, udp);
    };
  }

  /**
   * Gives this socket a local address: {@code bind(2)}. Without it, connecting picks one.
   *
   * @param local address, and port or 0 for any free one
   * @throws SocketFailure {@link SocketError#ADDRESS_IN_USE}, {@link
   *     SocketError#ADDRESS_NOT_AVAILABLE} or {@link SocketError#PERMISSION_DENIED}
   */
  void bind(InetSocketAddress local) throws SocketFailure;

  /**
   * Names the peer: {@code connect(2)}. TCP makes a connection; UDP only remembers whom to send to
   * and hears from nobody else. A socket whose connect failed is closed.
   *
   * @throws SocketFailure {@link SocketError#REFUSED}, {@link SocketError#TIMED_OUT} or {@link
   *     SocketError#UNREACHABLE}
   */
  void connect(InetSocketAddress remote) throws SocketFailure;

  /**
   * Sends all the bytes between the buffer's position and limit: {@code send(2)}, repeated over TCP
   * until everything is in the system's hands; one datagram over UDP.
   *
   * @return the number of bytes sent
   * @throws SocketFailure {@link SocketError#RESET}, {@link SocketError#REFUSED}, {@link
   *     SocketError#MESSAGE_TOO_LONG}, {@link SocketError#TIMED_OUT} or {@link SocketError#CLOSED}
   */
  int send(ByteBuffer message) throws SocketFailure;

  /**
   * Sends a message, perhaps together with others: {@link dev.sockbed.common.IoMode#BATCHED} keeps
   * it until {@link #flush} or {@link #send}, {@code PLAIN} sends it at once. Messages go out in
   * their order, whichever way they were given.
   *
   * @return false if there is no room for it before a {@link #flush}; it was not taken then
   * @throws SocketFailure as of {@link #send}, for this message
   */
  boolean enqueue(ByteBuffer message) throws SocketFailure;

  /**
   * Sends what {@link #enqueue} has kept.
   *
   * @throws SocketFailure over TCP that of {@link #send}. Over UDP that of one datagram, which is
   *     given up, or {@link SocketError#REFUSED} of one that went out before; those behind it are
   *     kept, for this to be called again
   */
  void flush() throws SocketFailure;

  /**
   * Whether the next {@link #receive} returns without asking the system, since an earlier one
   * received more. Who answers what it receives does well to {@link #flush} when this is false.
   */
  boolean hasReceived();

  /**
   * Waits for bytes and puts at most {@code limit} of them at the buffer's position, which moves:
   * {@code recv(2)}.
   *
   * @param buffer where the bytes go, with at least {@code limit} bytes remaining
   * @param limit the most bytes to take, at least 1 and no more than the configured receive limit
   * @return the number of bytes received, 0 being an empty datagram; or {@link #END_OF_STREAM}
   * @throws SocketFailure {@link SocketError#TIMED_OUT}, after which the call may be made again;
   *     {@link SocketError#CLOSED}, {@link SocketError#RESET} or {@link SocketError#REFUSED}
   */
  int receive(ByteBuffer buffer, int limit) throws SocketFailure;

  /** Whether the last receive lost bytes to its limit: {@code MSG_TRUNC}. Never true over TCP. */
  boolean truncated();

  /**
   * Protocol and both ends.
   *
   * @throws IllegalStateException if the socket is not connected
   */
  FiveTuple fiveTuple();

  /**
   * This end's address: {@code getsockname(2)}.
   *
   * @throws IllegalStateException if the socket is neither bound nor connected, or is closed
   */
  InetSocketAddress localAddress();

  /**
   * What the system says that this socket's options are: {@code getsockopt(2)}.
   *
   * @throws SocketFailure {@link SocketError#CLOSED}
   */
  GrantedOptions options() throws SocketFailure;

  /** The {@code SO_RCVBUF} that the system granted, in bytes. */
  int receiveBufferBytes() throws SocketFailure;

  /**
   * Whether it is still open: not closed by {@link #close}, a failed connect, a send that timed out
   * or an interrupt.
   */
  boolean isOpen();

  /** Closes; a call that waits in another thread fails with {@link SocketError#CLOSED}. */
  @Override
  void close();
}
