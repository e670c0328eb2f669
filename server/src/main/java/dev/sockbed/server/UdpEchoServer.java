package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The echo service over UDP: a datagram's data is sent back in an answering datagram, cut to the
 * receive limit. Whom it does not answer is told by {@link DropReason}.
 *
 * @see TcpEchoServer
 * @see <a href="https://www.rfc-editor.org/rfc/rfc862">RFC 862</a>
 */
public final class UdpEchoServer implements EchoServer {
  private static final Logger LOG = LoggerFactory.getLogger(UdpEchoServer.class);

  private final UdpEchoServerConfig config;
  private final UdpSocket socket;
  private final Address address;
  private final Counters counters;
  private final ReplyRule rule;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ByteBuffer datagram;
  private final Thread echoer;

  /** Null while it runs; guarded by this. */
  private @Nullable Stop stopped;

  private UdpEchoServer(UdpSocket socket, UdpEchoServerConfig config) throws IOException {
    this.config = config;
    this.socket = socket;
    this.address = Address.of(Transport.UDP, socket.localAddress());
    this.counters = new Counters(LOG, address);
    this.rule = ReplyRule.of(socket.localAddress(), config);
    this.datagram = ByteBuffer.allocateDirect(config.socket().receiveLimit());
    this.echoer =
        config.socket().threads().start("sockbed-udp-echo-" + address.port(), this::echoAll);
  }

  /**
   * Binds, and starts to serve.
   *
   * @param local where to listen: an address; port 0 picks one. {@link
   *     dev.sockbed.common.socket.LocalAddresses} lists those of a name
   * @throws IllegalArgumentException if {@code local} is a wildcard: the system would choose the
   *     address that a reply comes from, often another than the one that was asked. Open one server
   *     for each of the machine's addresses
   * @throws dev.sockbed.common.AddressSyntaxException if {@code local} has a name for its host
   * @throws SocketFailure {@link SocketError#ADDRESS_IN_USE}, {@link
   *     SocketError#ADDRESS_NOT_AVAILABLE} or {@link SocketError#PERMISSION_DENIED}
   */
  public static UdpEchoServer open(Address local, UdpEchoServerConfig config) throws SocketFailure {
    InetSocketAddress end = local.literal();
    if (end.getAddress().isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          local + " is a wildcard, and would answer from another address than was asked");
    }
    UdpSocket socket = UdpSocket.open(AddressFamily.of(end.getAddress()), config.socket());
    try {
      if (config.sharesPort()) {
        socket.sharePort();
      }
      socket.answersNoReplies();
      socket.bind(end);
      return new UdpEchoServer(socket, config);
    } catch (IOException e) {
      socket.close();
      throw SocketFailure.of("serve " + local, e);
    }
  }

  private void echoAll() {
    try (Turn turn = new Turn()) {
      new ServiceLoop(
              () -> echo(turn), e -> counters.dropped(DropReason.RECEIVE_FAILED, e), stopping)
          .run();
    }
  }

  /** Receives one datagram, and sends it back if its sender may be answered. */
  private void echo(Turn turn) throws SocketFailure {
    if (!socket.hasReceived()) {
      flush();
      turn.asks();
    }
    int received = socket.receiveFrom(datagram.clear(), config.socket().receiveLimit());
    turn.received(received);
    InetSocketAddress caller = socket.sender();
    counters.received(received);
    if (socket.truncated()) {
      counters.truncated(caller);
    }
    DropReason against = rule.against(caller);
    if (against != null) {
      counters.dropped(against, caller);
      return;
    }
    datagram.flip();
    try {
      while (!socket.enqueueTo(datagram, caller)) {
        flush();
      }
    } catch (SocketFailure e) {
      notSent(e);
    }
  }

  /** Sends the replies that were kept for it; one that can't be sent does not hinder the others. */
  private void flush() throws SocketFailure {
    boolean done = false;
    while (!done) {
      try {
        socket.flush();
        done = true;
      } catch (SocketFailure e) {
        notSent(e);
      }
    }
  }

  private void notSent(SocketFailure failure) throws SocketFailure {
    if (failure.error() == SocketError.CLOSED) {
      throw failure;
    }
    counters.dropped(DropReason.SEND_FAILED, failure);
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public ServerCounters counters() {
    return counters.snapshot(0);
  }

  @Override
  public synchronized Stop stop(Duration within) {
    if (stopped == null) {
      stopping.countDown();
      socket.close();
      boolean byItself = Threads.ended(List.of(echoer), within.plus(Threads.LAST_MOMENT));
      stopped = byItself ? Stop.GRACEFUL : Stop.FORCED;
    }
    return stopped;
  }

  @Override
  public void close() {
    stop(config.stopTimeout());
  }
}
