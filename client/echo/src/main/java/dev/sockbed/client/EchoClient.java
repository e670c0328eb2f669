package dev.sockbed.client;

import dev.sockbed.common.Address;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The asking side of the echo protocol (RFC 862): sends a message and waits for the same bytes to
 * come back. See the package for which thread may call what.
 */
public sealed interface EchoClient extends Closeable permits TcpEchoClient, UdpEchoClient {

  /**
   * Connects over the transport that the configuration is for.
   *
   * @param server whom to ask, over the same transport
   * @param config how the socket is set up; see the two clients for what they leave out of it
   * @param timeout how long one exchange may take, longer than zero
   * @throws SocketFailure if there is no way to the server; over UDP, whether somebody listens is
   *     not known before the first exchange
   */
  static EchoClient connect(Address server, SocketConfig config, Duration timeout)
      throws SocketFailure {
    return switch (config) {
      case TcpConfig tcp -> TcpEchoClient.connect(server, tcp, timeout);
      case UdpConfig udp -> UdpEchoClient.connect(server, udp, timeout);
    };
  }

  /**
   * Sends the bytes between {@code request}'s position and limit, and waits until their echo is
   * back or their fate is known otherwise; never longer than the timeout and what the {@link
   * dev.sockbed.common.socket.Watchdog} takes to notice it.
   *
   * <p>Whatever happens to the message on its way is an outcome. Only a call that makes no sense
   * throws.
   *
   * @param request the message; its position and limit are afterwards what they were, so that it
   *     can be sent again
   * @param reply where the bytes that come back are put, from its position on, which moves behind
   *     them. Must have room for the whole echo and for at least one byte, and not share the
   *     request's memory
   * @return the message's one outcome, never {@link Outcome#LATE}: what comes after the timeout
   *     finds that its message was {@link Outcome#LOST}
   * @throws IllegalArgumentException if {@code reply} has too little room, or {@code request} is
   *     empty over TCP, whose stream carries no empty messages
   */
  Outcome exchange(ByteBuffer request, ByteBuffer reply);

  /** Protocol and both ends of the conversation. */
  FiveTuple fiveTuple();

  /** Whether there can be another exchange. */
  boolean isOpen();

  /** Closes; an exchange that waits in another thread ends with {@link Outcome#LOST}. */
  @Override
  void close();
}
