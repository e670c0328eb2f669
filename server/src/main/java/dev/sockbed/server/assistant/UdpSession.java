package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.server.SourceRule;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One socket, and everybody who was heard on it. */
final class UdpSession implements Session {
  private static final long PAUSE_AFTER_FAILURE_NANOS = 5_000_000;
  private static final Duration LAST_SENDS = Duration.ofSeconds(2);

  private final UdpSocket socket;
  private final InetSocketAddress local;
  private final int receiveLimit;
  private final ByteBuffer buffer;
  private final SourceRule sources;
  private final Journal journal;
  private final AutoReply autoReply;
  private final Outbox outbox;
  private final Thread receiver;
  private final ReplyAllowance allowance = new ReplyAllowance(ReplyAllowance.A_SECOND_TOGETHER);

  /**
   * Held while a datagram is sent and written down, and while one that came is written down: so the
   * row of what was sent stands before that of its answer, and there is none of what was not sent.
   */
  private final ReentrantLock writing = new ReentrantLock();

  /** By address, who was silent longest first. Guarded by itself. */
  private final LinkedHashMap<InetSocketAddress, UdpPeer> peers =
      new LinkedHashMap<>(16, 0.75f, true);

  private UdpSession(
      UdpSocket socket,
      int receiveLimit,
      SourceRule sources,
      Journal journal,
      AutoReply autoReply) {
    this.socket = socket;
    this.local = socket.localAddress();
    this.receiveLimit = receiveLimit;
    this.buffer = ByteBuffer.allocateDirect(receiveLimit);
    this.sources = sources;
    this.journal = journal;
    this.autoReply = autoReply;
    this.outbox = new Outbox("sockbed-assistant-send", this::send, () -> {});
    this.receiver =
        Thread.ofPlatform().daemon().name("sockbed-assistant-receive").unstarted(this::receiveAll);
  }

  static UdpSession open(
      InetSocketAddress where, UdpConfig config, Journal journal, AutoReply autoReply)
      throws SocketFailure {
    UdpSocket socket = UdpSocket.open(AddressFamily.of(where.getAddress()), config);
    try {
      socket.bind(where);
      SourceRule sources = SourceRule.of(socket.localAddress());
      UdpSession session =
          new UdpSession(socket, config.receiveLimit(), sources, journal, autoReply);
      session.receiver.start();
      return session;
    } catch (SocketException e) {
      socket.close();
      throw SocketFailure.of("list this machine's interfaces", e);
    } catch (SocketFailure | OutOfMemoryError e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public String localAddress() {
    return Address.of(Transport.UDP, local).toString();
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
    return socket.isOpen();
  }

  @Override
  public void close() {
    outbox.finish();
    try {
      outbox.ended(LAST_SENDS);
      socket.close();
      receiver.join(LAST_SENDS);
    } catch (InterruptedException e) {
      socket.close();
      Thread.currentThread().interrupt();
    }
    List<Outbox.Parcel> abandoned = outbox.abandon();
    abandoned.forEach(parcel -> parcel.to().abandoned(List.of(parcel), false));
  }

  /**
   * The peer of that name, listed from now on if it was not.
   *
   * @throws SocketFailure {@link SocketError#UNKNOWN_HOST}, or {@link SocketError#WRONG_FAMILY} if
   *     none of its addresses can be reached from this socket
   */
  UdpPeer peerAt(Address named) throws SocketFailure {
    boolean onlyInet = local.getAddress() instanceof Inet4Address;
    for (InetSocketAddress remote : named.resolve()) {
      if (!onlyInet || remote.getAddress() instanceof Inet4Address) {
        return peerAt(remote);
      }
    }
    throw new SocketFailure(
        SocketError.WRONG_FAMILY, "send from " + localAddress() + " to " + named, null);
  }

  /** The peer at that address, listed from now on if it was not. */
  UdpPeer peerAt(InetSocketAddress remote) {
    UdpPeer added;
    UdpPeer removed = null;
    synchronized (peers) {
      UdpPeer known = peers.get(remote);
      if (known != null) {
        return known;
      }
      if (peers.size() >= MOST_PEERS) {
        Iterator<UdpPeer> longestSilent = peers.values().iterator();
        removed = longestSilent.next();
        longestSilent.remove();
      }
      added = new UdpPeer(remote, this, journal, autoReply);
      peers.put(remote, added);
    }
    if (removed != null) {
      removed.gone("forgotten: there are " + MOST_PEERS + " others");
    }
    journal.connected(added);
    return added;
  }

  void forget(UdpPeer peer) {
    synchronized (peers) {
      peers.remove(peer.remote(), peer);
    }
  }

  boolean offer(Outbox.Parcel parcel) {
    return outbox.offer(parcel);
  }

  /**
   * Whether a rule may answer that source; asked by the receiving thread.
   *
   * @param ofPeer how many replies that peer may still have; there is an allowance for all, too
   */
  boolean mayAnswer(InetSocketAddress source, ReplyAllowance ofPeer) {
    return sources.against(source) == null && ofPeer.take() && allowance.take();
  }

  void transmit(ByteBuffer bytes, InetSocketAddress remote, Runnable written) throws SocketFailure {
    writing.lock();
    try {
      socket.sendTo(bytes, remote);
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

  private void receiveAll() {
    while (isOpen()) {
      try {
        receive();
      } catch (SocketFailure e) {
        if (e.error() != SocketError.CLOSED) {
          journal.session(RowKind.ERROR, localAddress(), String.valueOf(e.getMessage()));
          LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
      } catch (RuntimeException | Error e) {
        // It costs this datagram; the next may be another's, and there may be memory again.
        journal.session(RowKind.ERROR, localAddress(), "a fault in receiving: " + e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
      }
    }
  }

  private void receive() throws SocketFailure {
    socket.receiveFrom(buffer.clear(), receiveLimit);
    UdpPeer peer = peerAt(socket.sender());
    buffer.flip();
    writing.lock();
    try {
      peer.writeDown(buffer, socket.truncated());
    } finally {
      writing.unlock();
    }
    peer.answer(buffer);
  }
}
