package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The network assistant: opens a session, knows its peers, sends to them, and writes down what
 * happens. The page, the console and scripts call this and nothing else.
 */
public final class Assistant implements Closeable {
  private final Transcript transcript = new Transcript(Clock.systemUTC());
  private final Journal journal = new Journal(transcript);
  private final AutoReply autoReply = new AutoReply();
  private final Sending sending = new Sending(this::peers, journal);
  private final SessionOpener opener;

  /** Held while a session is opened or closed. */
  private final ReentrantLock opening = new ReentrantLock();

  // Written under the lock above, read by anybody.
  private volatile @Nullable Session session;
  private volatile @Nullable SessionSetup setup;
  private volatile boolean closing;

  /**
   * Nothing is open yet.
   *
   * @param allowRemote whether to listen on addresses that other machines can reach
   */
  public Assistant(boolean allowRemote) {
    this(allowRemote, TcpConfig.DEFAULT, UdpConfig.DEFAULT);
  }

  /**
   * The same, with sockets that are set in another way.
   *
   * @param tcp for TCP; the receive limit and the send timeout are the session's
   * @param udp for UDP; the receive limit is the session's
   */
  public Assistant(boolean allowRemote, TcpConfig tcp, UdpConfig udp) {
    this.opener =
        new SessionOpener(allowRemote, tcp, udp, journal, autoReply, this::connectionEnded);
  }

  /** What happened. */
  public Transcript transcript() {
    return transcript;
  }

  /** How it stands. */
  public AssistantState state() {
    Session open = openSession();
    return new AssistantState(
        open == null ? null : setup,
        open == null ? null : open.localAddress(),
        open == null ? List.of() : open.peers().stream().map(Peer::snapshot).toList(),
        journal.totals(),
        autoReply.rules(),
        sending.repeatProgress(),
        sending.fileProgress());
  }

  /**
   * Listens, or connects.
   *
   * @throws AssistantException if something is open already, the address may not be used, or the
   *     socket's calls fail
   */
  public void open(SessionSetup wanted) throws AssistantException {
    opening.lock();
    try {
      if (openSession() != null) {
        throw new AssistantException(
            Fault.ALREADY_OPEN, "close " + setup + " first; one session is open at a time");
      }
      Session opened = opener.open(wanted);
      setup = wanted;
      session = opened;
      closing = false;
      journal.session(
          RowKind.OPENED, opened.localAddress(), wanted.describe(opened.localAddress()));
      for (String address : opened.localAddresses()) {
        if (!address.equals(opened.localAddress())) {
          journal.session(RowKind.NOTE, address, "open here, too: the name has several addresses");
        }
      }
      begin(opened, wanted);
    } catch (SocketFailure e) {
      journal.session(RowKind.ERROR, wanted.address().toString(), String.valueOf(e.getMessage()));
      throw new AssistantException(e);
    } catch (OutOfMemoryError e) {
      String why = "no memory or no thread for it: " + e.getMessage();
      journal.session(RowKind.ERROR, wanted.address().toString(), why);
      throw new AssistantException(Fault.NETWORK, why);
    } finally {
      opening.unlock();
    }
  }

  private void begin(Session opened, SessionSetup wanted) throws SocketFailure {
    try {
      SessionOpener.begin(opened, wanted);
    } catch (SocketFailure | OutOfMemoryError e) {
      opened.close();
      session = null;
      journal.session(RowKind.CLOSED, opened.localAddress(), "");
      throw e;
    }
  }

  /** The session, unless it has ended by itself. */
  private @Nullable Session openSession() {
    Session current = session;
    return current != null && current.isOpen() ? current : null;
  }

  private Session requireOpen() throws AssistantException {
    Session open = openSession();
    if (open == null) {
      throw new AssistantException(Fault.NOT_OPEN, "nothing is open; open a session first");
    }
    return open;
  }

  /** A TCP client's connection has ended, so its session has, too. */
  private void connectionEnded() {
    journal.session(RowKind.CLOSED, "", closing ? "" : "the connection ended");
  }

  /**
   * Closes the session; its peers are told goodbye, which takes up to two seconds if they do not
   * answer. Stops what is being repeated.
   *
   * @throws AssistantException if nothing is open
   */
  public void closeSession() throws AssistantException {
    opening.lock();
    try {
      Session open = requireOpen();
      stopRepeating();
      stopFile();
      closing = true;
      open.close();
      session = null;
      if (!(open instanceof TcpClientSession)) {
        journal.session(RowKind.CLOSED, open.localAddress(), "");
      }
    } finally {
      opening.unlock();
    }
  }

  /** Closes whatever is open. */
  @Override
  public void close() {
    stopRepeating();
    stopFile();
    opening.lock();
    try {
      Session open = openSession();
      if (open != null) {
        open.close();
        session = null;
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Sends a message.
   *
   * @return to how many peers it was queued
   * @throws AssistantException if nobody is there, one that is meant is gone, or none of them reads
   */
  public int send(Target target, Bytes message) throws AssistantException {
    return sending.send(target, message);
  }

  /**
   * Waits until what {@link #send}, {@link #sendFile} and the first message of {@link #repeat}
   * queued is sent, or given up because a peer does not read.
   *
   * @throws AssistantException if since the last call some of that was not sent
   */
  public void awaitSent() throws AssistantException, InterruptedException {
    awaitUnsent(0, 0);
  }

  /**
   * Waits until there is room for another message.
   *
   * @throws AssistantException as for {@link #awaitSent}
   */
  public void awaitRoom() throws AssistantException, InterruptedException {
    awaitUnsent(Outbox.MOST_MESSAGES / 2, Outbox.MOST_BYTES / 2);
  }

  private void awaitUnsent(int mostParcels, long mostBytes)
      throws AssistantException, InterruptedException {
    journal.deliveries().await(mostParcels, mostBytes);
    checkSent();
  }

  /**
   * Checks that nothing was not sent.
   *
   * @throws AssistantException as for {@link #awaitSent}
   */
  public void checkSent() throws AssistantException {
    String failure = journal.deliveries().takeFailure();
    if (failure != null) {
      throw new AssistantException(Fault.NETWORK, failure);
    }
  }

  private List<Peer> peers(Target target) throws AssistantException {
    Session open = requireOpen();
    if (target.everybody()) {
      List<Peer> all = open.peers();
      if (all.isEmpty()) {
        throw new AssistantException(
            Fault.NOBODY, "nobody is connected, so there is nobody to send to");
      }
      return all;
    }
    if (target.numbers().isEmpty()) {
      throw new AssistantException(Fault.NOBODY, "nobody is picked; pick a peer, or all");
    }
    List<Peer> picked = new ArrayList<>();
    for (int number : target.numbers()) {
      Peer peer = open.peer(number);
      if (peer == null) {
        throw new AssistantException(
            Fault.PEER_GONE, "peer " + number + " is not there any more; nothing was sent");
      }
      picked.add(peer);
    }
    return picked;
  }

  /**
   * Sends a message now and again after each interval, until stopped; replaces what was repeated.
   *
   * @param interval at least 1 ms
   * @throws AssistantException if it can't be sent now
   */
  public void repeat(Target target, Bytes message, Duration interval) throws AssistantException {
    sending.repeat(target, message, interval);
  }

  /** Ends that; does nothing if nothing is repeated. */
  public void stopRepeating() {
    sending.stopRepeating();
  }

  /**
   * Sends a file.
   *
   * @throws AssistantException if it is missing or can't be read, one is being sent already, or as
   *     for {@link #send}
   */
  public void sendFile(Target target, Path path) throws AssistantException {
    sending.sendFile(target, path);
  }

  /**
   * Sends what was in a file somewhere else.
   *
   * @throws AssistantException as for {@link #sendFile(Target, Path)}
   */
  public void sendFile(Target target, String name, Bytes content) throws AssistantException {
    sending.sendFile(target, name, content);
  }

  /** Stops the file that is being sent; does nothing if none is. */
  public void stopFile() {
    sending.stopFile();
  }

  /**
   * Replaces the automatic replies.
   *
   * @throws AssistantException if one of them can't be read; then all stay as they were
   */
  public void setRules(List<ReplyPattern> rules) throws AssistantException {
    autoReply.set(rules);
  }

  /**
   * Lists a UDP peer that has not sent anything yet.
   *
   * @throws AssistantException if the session is not a UDP one, or the host has no address
   */
  public void addPeer(Address address) throws AssistantException {
    if (!(requireOpen() instanceof UdpSession udp)) {
      throw new AssistantException(
          Fault.BAD_INPUT, "only a UDP session has peers that can be added");
    }
    try {
      udp.peerAt(address.asTarget());
    } catch (SocketFailure e) {
      throw new AssistantException(e);
    }
  }

  /**
   * Ends the conversation with some peers.
   *
   * @param reset whether by a reset, which throws away what is under way, instead of by a goodbye;
   *     over UDP there is neither, and the peer is only listed no more
   * @throws AssistantException if one is gone already
   */
  public void closePeers(Target target, boolean reset) throws AssistantException {
    String note = reset ? "reset" : "closed";
    Parting parting = reset ? Parting.RESET : Parting.AFTER_ALL_IS_SENT;
    peers(target).forEach(peer -> peer.end(parting, note));
  }

  /** Forgets transcript and totals. */
  public void clear() {
    transcript.clear();
    journal.reset();
  }

  /** Begins the totals and the peers' counts anew; the transcript stays. */
  public void resetCounts() {
    journal.reset();
    Session open = openSession();
    if (open != null) {
      open.peers().forEach(Peer::resetCounts);
    }
  }
}
