package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
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

  private static final int MOST_BYTES_TOGETHER = 1 << 16;

  private final UdpEchoServerConfig config;
  private final UdpSocket socket;
  private final Address address;
  private final Counters counters;
  private final ReplyRule rule;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ByteBuffer datagrams;
  private final Thread echoer;

  /** Null while it runs; guarded by this. */
  private @Nullable Stop stopped;

  private UdpEchoServer(UdpSocket socket, UdpEchoServerConfig config) throws IOException {
    this.config = config;
    this.socket = socket;
    this.address = Address.of(Transport.UDP, socket.localAddress());
    this.counters = new Counters(LOG, address);
    this.rule = ReplyRule.of(socket.localAddress(), config);
    this.datagrams = ByteBuffer.allocateDirect(bufferBytes(config.socket()));
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

  /** Room for as many datagrams as come together, or for the only one. */
  private static int bufferBytes(UdpConfig config) {
    return config.io() == IoMode.BATCHED
        ? Math.max(config.receiveLimit(), MOST_BYTES_TOGETHER)
        : config.receiveLimit();
  }

  private void echoAll() {
    try (Turn turn = new Turn()) {
      new ServiceLoop(
              () -> echo(turn), e -> counters.dropped(DropReason.RECEIVE_FAILED, e), stopping)
          .run();
    }
  }

  /**
   * Receives a datagram, and those of its sender and length that came with it; sends back as many
   * as the sender may have answered.
   */
  private void echo(Turn turn) throws SocketFailure {
    if (!socket.hasReceived()) {
      flush();
      turn.asks();
    }
    int length = socket.receiveRun(datagrams.clear(), config.socket().receiveLimit());
    int received = datagrams.flip().remaining();
    int count = length == 0 ? 1 : received / length;
    turn.received(received);
    InetSocketAddress caller = socket.sender();
    counters.received(count, received);
    if (socket.truncated()) {
      counters.truncated(caller);
    }
    int answered = answerable(caller, count);
    if (answered == 0) {
      return;
    }
    datagrams.limit(answered * length);
    try {
      while (!socket.enqueueRun(datagrams, length, caller)) {
        flush();
      }
    } catch (SocketFailure e) {
      notSent(e);
    }
  }

  /** How many of so many datagrams are answered; the others are counted. */
  private int answerable(InetSocketAddress caller, int count) {
    for (int i = 0; i < count; i++) {
      DropReason against = rule.against(caller);
      if (against != null) {
        for (int dropped = i; dropped < count; dropped++) {
          counters.dropped(against, caller);
        }
        return i;
      }
    }
    return count;
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
