package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.PeerAddress;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.OnePort;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A socket for each address that it was opened at, and everybody who was heard on one. */
final class UdpSession implements Session {
  private static final Duration LAST_SENDS = Duration.ofSeconds(2);

  /** In the order of the addresses. */
  private final List<UdpEnd> ends = new ArrayList<>();

  private final Journal journal;
  private final AutoReply autoReply;
  private final Outbox outbox = new Outbox("sockbed-assistant-send", this::send, () -> {});

  // Guarded by itself, since several ends may ask.
  private final ReplyAllowance allowance = new ReplyAllowance(ReplyAllowance.A_SECOND_TOGETHER);

  /**
   * Held while a datagram is sent and written down, and while one that came is written down: so the
   * row of what was sent stands before that of its answer, and there is none of what was not sent.
   */
  private final ReentrantLock writing = new ReentrantLock();

  /** By where and whom, who was silent longest first. Guarded by itself. */
  private final LinkedHashMap<Path, UdpPeer> peers = new LinkedHashMap<>(16, 0.75f, true);

  /** Which of our sockets talks to which address. */
  private record Path(UdpEnd here, PeerAddress remote) {
    static Path of(UdpEnd here, InetSocketAddress remote) {
      return new Path(here, PeerAddress.of(remote));
    }
  }

  private UdpSession(Journal journal, AutoReply autoReply) {
    this.journal = journal;
    this.autoReply = autoReply;
  }

  static UdpSession open(
      List<InetSocketAddress> where, UdpConfig config, Journal journal, AutoReply autoReply)
      throws SocketFailure {
    UdpSession session = new UdpSession(journal, autoReply);
    try {
      session.ends.addAll(
          new OnePort<>(
                  local -> UdpEnd.open(local, config, journal, session::received),
                  UdpEnd::port,
                  UdpEnd::close)
              .at(where));
      session.ends.forEach(UdpEnd::start);
      return session;
    } catch (SocketFailure | OutOfMemoryError e) {
      session.ends.forEach(UdpEnd::close);
      throw e;
    }
  }

  @Override
  public List<String> localAddresses() {
    return ends.stream().map(UdpEnd::localAddress).toList();
  }

  @Override
  public List<Peer> peers() {
    synchronized (peers) {
      return peers.values().stream()
          .map(peer -> (Peer) peer)
          .sorted(Comparator.comparingInt(Peer::number))
          .toList();
    }
  }

  @Override
  public @Nullable Peer peer(int number) {
    synchronized (peers) {
      return peers.values().stream()
          .filter(peer -> peer.number() == number)
          .findFirst()
          .orElse(null);
    }
  }

  @Override
  public boolean isOpen() {
    return ends.getFirst().isOpen();
  }

  @Override
  public void close() {
    outbox.finish();
    try {
      outbox.ended(LAST_SENDS);
      ends.forEach(UdpEnd::close);
      for (UdpEnd end : ends) {
        end.awaitEnd(LAST_SENDS);
      }
    } catch (InterruptedException e) {
      ends.forEach(UdpEnd::close);
      Thread.currentThread().interrupt();
    }
    List<Outbox.Parcel> abandoned = outbox.abandon();
    abandoned.forEach(parcel -> parcel.to().abandoned(List.of(parcel), false));
  }

  /**
   * The peer of that name, listed from now on if it was not.
   *
   * @throws SocketFailure {@link SocketError#UNKNOWN_HOST}, or {@link SocketError#WRONG_FAMILY} if
   *     none of its addresses can be reached from here
   */
  UdpPeer peerAt(Address named) throws SocketFailure {
    for (InetSocketAddress remote : named.resolve()) {
      for (UdpEnd here : ends) {
        if (here.reaches(remote)) {
          return peerAt(here, remote);
        }
      }
    }
    throw new SocketFailure(
        SocketError.WRONG_FAMILY, "send from " + localAddress() + " to " + named, null);
  }

  /** The peer at that address, spoken to from the first of our addresses. */
  UdpPeer peerAt(InetSocketAddress remote) {
    return peerAt(ends.getFirst(), remote);
  }

  private UdpPeer peerAt(UdpEnd here, InetSocketAddress remote) {
    Path path = Path.of(here, remote);
    UdpPeer added;
    UdpPeer removed = null;
    synchronized (peers) {
      UdpPeer known = peers.get(path);
      if (known != null) {
        return known;
      }
      if (peers.size() >= MOST_PEERS) {
        Iterator<UdpPeer> longestSilent = peers.values().iterator();
        removed = longestSilent.next();
        longestSilent.remove();
      }
      added = new UdpPeer(here, remote, this, journal, autoReply);
      peers.put(path, added);
    }
    if (removed != null) {
      removed.gone("forgotten: there are " + MOST_PEERS + " others");
    }
    journal.connected(added, "");
    return added;
  }

  void forget(UdpPeer peer) {
    synchronized (peers) {
      peers.remove(Path.of(peer.here(), peer.remote()), peer);
    }
  }

  boolean offer(Outbox.Parcel parcel) {
    return outbox.offer(parcel);
  }

  /** Takes one of the replies that all peers together may have. */
  boolean takeReply() {
    synchronized (allowance) {
      return allowance.take();
    }
  }

  void transmit(UdpPeer peer, ByteBuffer bytes, Runnable written) throws SocketFailure {
    writing.lock();
    try {
      peer.here().send(bytes, peer.remote());
      written.run();
    } finally {
      writing.unlock();
    }
  }

  private void send(Outbox.Parcel parcel) {
    try {
      parcel.to().deliver(parcel.what());
    } catch (SocketFailure e) {
      parcel.to().notSent(parcel.what(), String.valueOf(e.getMessage()));
    }
  }

  private void received(UdpEnd here, InetSocketAddress sender, ByteBuffer bytes, boolean cut) {
    UdpPeer peer = peerAt(here, sender);
    writing.lock();
    try {
      peer.writeDown(bytes, cut);
    } finally {
      writing.unlock();
    }
    peer.answer(bytes);
  }
}
