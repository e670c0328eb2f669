package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Closing;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.bench.conformance.peers.UdpCheckPeer;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checker as a UDP client's server, in one case.
 *
 * @see TcpClientScene
 */
public final class UdpClientScene extends ClientScene {
  /** How often a client is started at most that ends unheard, or fails: it may be loss. */
  static final int MOST_STARTS = 8;

  /** One that runs and is not heard is given so many times a third of the patience. */
  private static final int MOST_THIRDS = 5;

  /** How long after the end of a client that was heard another datagram of its may come. */
  private static final Duration STILL_ON_ITS_WAY = Duration.ofMillis(100);

  /** The same for the first, which would cost another start. */
  private static final Duration FIRST_STILL_ON_ITS_WAY = Duration.ofMillis(500);

  /** Below the range that the system picks local ports from. */
  private static final int FIRST_DEAD_PORT = 20_311;

  private static final int DEAD_PORTS_TRIED = 200;

  private final UdpCheckPeer peer;
  private final ClientStarts allStarts;
  private final UdpAssistant assistant = new UdpAssistant(this);
  private volatile @Nullable UdpCheckPeer stranger;
  private @Nullable Datagram first;
  private boolean startedAgain;
  private volatile boolean unheard;

  /**
   * A scene at those addresses.
   *
   * @param ends where clients are heard, all with one port
   * @param allStarts what all cases know of the client
   * @throws SocketFailure if an address can't be had
   */
  public UdpClientScene(
      List<InetSocketAddress> ends, Subject subject, Limits limits, ClientStarts allStarts)
      throws SocketFailure {
    super(subject, limits);
    this.allStarts = allStarts;
    this.peer = UdpCheckPeer.bound("server", ends, log());
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
        UdpCheckPeer.bound("nobody", dead, log()).close();
        return Address.of(Transport.UDP, dead);
      } catch (SocketFailure e) {
        log().event("checker", "port " + port + " is taken: " + e.error().meaning());
      }
    }
    throw Undecided.inconclusive("no port without a socket was found");
  }

  /** The socket that the client speaks to. */
  UdpCheckPeer peer() {
    return peer;
  }

  /** Another socket, which the client has never spoken to; at the address that it spoke to. */
  UdpCheckPeer stranger() throws Violation {
    UdpCheckPeer known = stranger;
    if (known != null) {
      return known;
    }
    try {
      InetSocketAddress other = new InetSocketAddress(peer.heardAt().getAddress(), 0);
      UdpCheckPeer opened = UdpCheckPeer.bound("stranger", other, log());
      stranger = opened;
      return opened;
    } catch (SocketFailure e) {
      throw Violation.of("the checker has no second socket: " + e.error().meaning());
    }
  }

  /** Waits for the client's first datagram; starts it again if that may have been lost. */
  Datagram awaitFirst() throws Violation, Undecided, InterruptedException {
    boolean lossless = limits().lossless(); // Then it is slow, or silent.
    Duration third = lossless ? limits().patience() : limits().patience().dividedBy(3);
    long deadline = System.nanoTime() + third.multipliedBy(MOST_THIRDS).toNanos();
    for (int starts = 1; ; starts++) {
      Datagram came = awaitWhileItRuns(peer::receive, third, FIRST_STILL_ON_ITS_WAY);
      if (came != null) {
        allStarts.hear();
        first = came;
        return came;
      }
      if (!subject().endsVisibly()) {
        throw Undecided.inconclusive("no client came");
      }
      Integer status = running().awaitExit(Duration.ZERO);
      if (status != null) {
        allStarts.miss();
      }
      boolean silent = lossless && !allStarts.isSome();
      if (silent || starts == MOST_STARTS || System.nanoTime() - deadline >= 0) {
        throwUnheard(starts, status);
      }
      unheard = true;
      startAgain();
    }
  }

  private void throwUnheard(int starts, @Nullable Integer status) throws Violation, Undecided {
    String nothing = "started %d times, it sent nothing".formatted(starts);
    if (allStarts.isSome()) {
      throw Undecided.inconclusive(nothing + ", and in other cases it did: the network loses some");
    }
    throw status == null
        ? Violation.late(nothing + ClientSteps.words(this), limits().patience())
        : Violation.of(nothing + ", and ended with status " + status + ClientSteps.words(this));
  }

  /** Starts the client again: what it did, or did not, may be for a datagram that was lost. */
  void startAgain() throws Undecided {
    start();
    startedAgain = true;
  }

  /**
   * The client's next datagram.
   *
   * @return null if none comes in that time, or until shortly after the client's end
   */
  @Nullable Datagram receiveWhileItRuns(Duration within) throws InterruptedException {
    return awaitWhileItRuns(peer::receive, within, STILL_ON_ITS_WAY);
  }

  /**
   * The client's next datagram after its first. If it was started again since it seemed silent, its
   * predecessor may have been late only: then the one that speaks last is the one that lives.
   *
   * @return null if none comes in that time
   */
  @Nullable Datagram receive(Duration within) throws InterruptedException {
    Datagram came = peer.receive(within);
    while (came != null && isOfAnotherStart(came)) {
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

  /** Whether the client has been started more than once, and another start may have sent that. */
  boolean isOfAnotherStart(Datagram came) {
    return startedAgain && !came.from().equals(first().from());
  }

  /** Who talks to the client if it is a board. */
  UdpAssistant assistant() {
    return assistant;
  }

  /** What all cases know of the client. */
  ClientStarts allStarts() {
    return allStarts;
  }

  @Override
  public @Nullable String excuse() {
    return unheard
        ? "it had to be started again, since nothing came: the network loses some"
        : assistant.excuse();
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
    UdpCheckPeer other = stranger;
    if (other != null) {
      other.close();
    }
  }
}
