package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.OnePort;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listener and its connections. */
final class TcpServerSession implements Session {
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

  /** In the order of the addresses. */
  private final List<TcpListener> listeners;

  private final List<String> locals;
  private final TcpConfig config;
  private final Journal journal;
  private final AutoReply autoReply;
  private final ConcurrentSkipListMap<Integer, TcpPeer> peers = new ConcurrentSkipListMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> acceptors;

  private TcpServerSession(
      List<TcpListener> listeners, TcpConfig config, Journal journal, AutoReply autoReply) {
    this.listeners = listeners;
    this.locals = listeners.stream().map(TcpServerSession::address).toList();
    this.config = config;
    this.journal = journal;
    this.autoReply = autoReply;
    this.acceptors =
        listeners.stream()
            .map(listener ->
                Thread.ofPlatform()
                    .daemon()
                    .name("sockbed-assistant-accept")
                    .unstarted(() -> accept(listener)))
            .toList();
  }

  private static String address(TcpListener listener) {
    return Address.of(Transport.TCP, listener.localAddress()).toString();
  }

  static TcpServerSession open(
      List<InetSocketAddress> where, TcpConfig config, Journal journal, AutoReply autoReply)
      throws SocketFailure {
    List<TcpListener> listeners =
        new OnePort<>(
                local -> listen(local, config),
                listener -> listener.localAddress().getPort(),
                TcpListener::close)
            .at(where);
    try {
      TcpServerSession session = new TcpServerSession(listeners, config, journal, autoReply);
      session.acceptors.forEach(Thread::start);
      return session;
    } catch (OutOfMemoryError e) {
      listeners.forEach(TcpListener::close);
      throw e;
    }
  }

  private static TcpListener listen(InetSocketAddress local, TcpConfig config)
      throws SocketFailure {
    TcpListener listener = TcpListener.open(AddressFamily.of(local.getAddress()), config);
    try {
      listener.bind(local);
      listener.listen(config.backlog());
      return listener;
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public List<String> localAddresses() {
    return locals;
  }

  @Override
  public List<Peer> peers() {
    return List.copyOf(peers.values());
  }

  @Override
  public @Nullable Peer peer(int number) {
    return peers.get(number);
  }

  @Override
  public boolean isOpen() {
    return closed.getCount() > 0;
  }

  @Override
  public void close() {
    closed.countDown();
    listeners.forEach(TcpListener::close);
    List<TcpPeer> leaving = List.copyOf(peers.values());
    leaving.forEach(peer -> peer.end(Parting.SOON, CLOSED_WITH_IT));
    Goodbyes.await(leaving, acceptors);
  }

  private void accept(TcpListener listener) {
    Duration pause = Duration.ofMillis(5);
    while (isOpen()) {
      try {
        welcome(listener.accept());
        pause = Duration.ofMillis(5);
      } catch (SocketFailure e) {
        if (e.error() == SocketError.CLOSED) {
          return;
        }
        // Out of descriptors, usually: the connection stays in the queue until there are some.
        pause = pauseAfter(address(listener), String.valueOf(e.getMessage()), pause);
      } catch (RuntimeException | Error e) {
        // Out of memory for a socket's buffers, say. Others are to be let in when there is some.
        pause = pauseAfter(address(listener), "accept: " + e, pause);
      }
    }
  }

  /** Tells what failed, and waits before the next try; gives the pause after that one. */
  private Duration pauseAfter(String where, String failure, Duration pause) {
    journal.session(RowKind.ERROR, where, failure);
    waitBeforeAccept(pause);
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  private void waitBeforeAccept(Duration pause) {
    try {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      listeners.forEach(TcpListener::close);
    }
  }

  private void welcome(TcpSocket socket) {
    if (peers.size() >= MOST_PEERS) {
      refuse(socket, "there are " + MOST_PEERS + " connections already");
      return;
    }
    TcpPeer peer =
        new TcpPeer(
            socket, config.receiveLimit(), journal, autoReply, gone -> peers.remove(gone.number()));
    String note = endedBefore(peer);
    peers.put(peer.number(), peer);
    try {
      peer.start(note);
    } catch (OutOfMemoryError e) {
      // No buffer or no thread for it. That costs this caller, not those after it.
      peers.remove(peer.number());
      refuse(socket, String.valueOf(e.getMessage()));
      return;
    }
    if (!isOpen()) {
      peer.end(Parting.SOON, CLOSED_WITH_IT); // It slipped in while close() looked around.
    }
  }

  /**
   * Ends the connection in whose place this one is, if there is one. A board that starts anew and
   * picks the port that it had before makes such a one: the system ends the old connection before
   * it makes the new one, but its thread may hear of that later.
   *
   * @return what the transcript will say
   */
  private String endedBefore(TcpPeer peer) {
    for (TcpPeer before : peers.values()) {
      if (before.isReplacedBy(peer)) {
        before.awaitReplaced();
        return "a new connection from the address of peer " + before.number();
      }
    }
    return "";
  }

  private void refuse(TcpSocket socket, String why) {
    String from = Address.of(Transport.TCP, socket.fiveTuple().remote()).toString();
    socket.close();
    journal.refused(from, "refused: " + why);
  }
}
