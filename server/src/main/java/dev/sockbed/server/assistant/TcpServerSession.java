package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
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

  private final TcpListener listener;
  private final InetSocketAddress local;
  private final TcpConfig config;
  private final Journal journal;
  private final AutoReply autoReply;
  private final ConcurrentSkipListMap<Integer, TcpPeer> peers = new ConcurrentSkipListMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread acceptor;

  private TcpServerSession(
      TcpListener listener, TcpConfig config, Journal journal, AutoReply autoReply) {
    this.listener = listener;
    this.local = listener.localAddress();
    this.config = config;
    this.journal = journal;
    this.autoReply = autoReply;
    this.acceptor =
        Thread.ofPlatform().daemon().name("sockbed-assistant-accept").unstarted(this::accept);
  }

  static TcpServerSession open(
      InetSocketAddress where, TcpConfig config, Journal journal, AutoReply autoReply)
      throws SocketFailure {
    TcpListener listener = TcpListener.open(AddressFamily.of(where.getAddress()), config);
    try {
      listener.bind(where);
      listener.listen(config.backlog());
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
    TcpServerSession session = new TcpServerSession(listener, config, journal, autoReply);
    session.acceptor.start();
    return session;
  }

  @Override
  public String localAddress() {
    return Address.of(Transport.TCP, local).toString();
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
    listener.close();
    List<TcpPeer> leaving = List.copyOf(peers.values());
    leaving.forEach(peer -> peer.end(Parting.SOON, CLOSED_WITH_IT));
    Goodbyes.await(leaving, acceptor);
  }

  private void accept() {
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
        pause = pauseAfter(String.valueOf(e.getMessage()), pause);
      } catch (RuntimeException | Error e) {
        // Out of memory for a socket's buffers, say. Others are to be let in when there is some.
        pause = pauseAfter("accept: " + e, pause);
      }
    }
  }

  /** Tells what failed, and waits before the next try; gives the pause after that one. */
  private Duration pauseAfter(String failure, Duration pause) {
    journal.session(RowKind.ERROR, localAddress(), failure);
    waitBeforeAccept(pause);
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  private void waitBeforeAccept(Duration pause) {
    try {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      listener.close();
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
    peers.put(peer.number(), peer);
    try {
      peer.start();
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

  private void refuse(TcpSocket socket, String why) {
    String from = Address.of(Transport.TCP, socket.fiveTuple().remote()).toString();
    socket.close();
    journal.refused(from, "refused: " + why);
  }
}
