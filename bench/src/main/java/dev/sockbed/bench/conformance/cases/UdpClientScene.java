package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.bench.conformance.peers.UdpPeer;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checker as a UDP client's server, in one case.
 *
 * @see TcpClientScene
 */
public final class UdpClientScene extends ClientScene {
  /** A datagram may be lost; a client that is started so often and never heard is silent. */
  private static final int STARTS = 3;

  /** Below the range that the system picks local ports from. */
  private static final int FIRST_DEAD_PORT = 20_311;

  private static final int DEAD_PORTS_TRIED = 200;

  private final UdpPeer peer;
  private volatile @Nullable UdpPeer stranger;
  private @Nullable Datagram first;
  private boolean startedAgain;

  /** Answers to what was sent, each of which may come late, or twice. */
  private final Set<ByteBuffer> expected = new HashSet<>();

  /**
   * A scene at that address.
   *
   * @throws SocketFailure if the address can't be had
   */
  public UdpClientScene(InetSocketAddress local, Subject subject, Limits limits)
      throws SocketFailure {
    super(subject, limits);
    this.peer = UdpPeer.bound("server", local, log());
  }

  @Override
  Address address() {
    return Address.of(Transport.UDP, peer.address());
  }

  @Override
  Address deadAddress() throws Undecided {
    for (int port = FIRST_DEAD_PORT; port < FIRST_DEAD_PORT + DEAD_PORTS_TRIED; port++) {
      InetSocketAddress dead = new InetSocketAddress(peer.address().getAddress(), port);
      try {
        UdpPeer.bound("nobody", dead, log()).close();
        return Address.of(Transport.UDP, dead);
      } catch (SocketFailure e) {
        log().event("checker", "port " + port + " is taken: " + e.error().meaning());
      }
    }
    throw Undecided.inconclusive("no port without a socket was found");
  }

  /** The socket that the client speaks to. */
  UdpPeer peer() {
    return peer;
  }

  /** Another socket, which the client has never spoken to. */
  UdpPeer stranger() throws Violation {
    UdpPeer known = stranger;
    if (known != null) {
      return known;
    }
    try {
      InetSocketAddress other = new InetSocketAddress(peer.address().getAddress(), 0);
      UdpPeer opened = UdpPeer.bound("stranger", other, log());
      stranger = opened;
      return opened;
    } catch (SocketFailure e) {
      throw Violation.of("the checker has no second socket: " + e.error().meaning());
    }
  }

  /** Waits for the client's first datagram; starts it again if that may have been lost. */
  Datagram awaitFirst() throws Violation, Undecided, InterruptedException {
    for (int starts = 1; ; starts++) {
      Datagram came = peer.receive(limits().patience().dividedBy(STARTS));
      if (came != null) {
        first = came;
        return came;
      }
      if (!subject().endsVisibly()) {
        throw Undecided.inconclusive("no client came");
      }
      if (starts == STARTS) {
        Integer status = running().awaitExit(Duration.ZERO);
        String nothing = "started %d times, it sent nothing".formatted(starts);
        throw status == null
            ? Violation.late(nothing + ClientSteps.words(this), limits().patience())
            : Violation.of(nothing + ", and ended with status " + status + ClientSteps.words(this));
      }
      start();
      startedAgain = true;
    }
  }

  /**
   * The client's next datagram after its first. If it was started again since it seemed silent, its
   * predecessor may have been late only: then the one that speaks last is the one that lives.
   *
   * @return null if none comes in that time
   */
  @Nullable Datagram receive(Duration within) throws InterruptedException {
    Datagram came = peer.receive(within);
    while (came != null && startedAgain && !came.from().equals(first().from())) {
      first = came;
      came = peer.receive(within);
    }
    return came;
  }

  /** The client's first datagram, which has come. */
  Datagram first() {
    if (first == null) {
      throw new IllegalStateException("nothing has come: the case is wrong");
    }
    return first;
  }

  /** Remembers what may come as an answer. */
  void expect(byte[] answer) {
    expected.add(ByteBuffer.wrap(answer));
  }

  /** Whether that is an answer to anything that was sent. */
  boolean isExpected(byte[] answer) {
    return expected.contains(ByteBuffer.wrap(answer));
  }

  /** UDP has no end to look at. */
  @Override
  public @Nullable Closing end() {
    return null;
  }

  @Override
  public void close() {
    stopForGood();
    peer.close();
    UdpPeer other = stranger;
    if (other != null) {
      other.close();
    }
  }
}
