package dev.sockbed.server.assistant;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a TCP connection.
 *
 * @see UdpPeer
 */
final class TcpPeer extends Peer {
  /** How long a goodbye may take: sending what waits, then hearing the peer's. */
  static final Duration GOODBYE = Duration.ofSeconds(2);

  private final TcpSocket socket;
  private final int receiveLimit;
  private final Outbox outbox;
  private final Consumer<TcpPeer> whenGone;
  private volatile PeerState state = PeerState.CONNECTED;

  /** Why this end ended it, if it did. */
  private volatile @Nullable String ending;

  private @Nullable Thread receiver;

  TcpPeer(
      TcpSocket socket,
      int receiveLimit,
      Journal journal,
      AutoReply autoReply,
      Consumer<TcpPeer> whenGone) {
    super(Transport.TCP, socket.fiveTuple().remote(), journal, autoReply);
    this.socket = socket;
    this.receiveLimit = receiveLimit;
    this.whenGone = whenGone;
    this.outbox =
        new Outbox("sockbed-assistant-send-" + number(), this::send, this::sayNoMoreIsSent);
  }

  /** Begins to receive. */
  synchronized void start() {
    journal().connected(this);
    receiver = ThreadKind.PLATFORM.start("sockbed-assistant-receive-" + number(), this::receive);
  }

  @Override
  PeerState state() {
    return state;
  }

  @Override
  boolean offer(Outgoing outgoing) {
    return state == PeerState.CONNECTED && outbox.offer(new Outbox.Parcel(this, outgoing));
  }

  @Override
  void end(boolean reset, String note) {
    if (!leave()) {
      return;
    }
    if (reset) {
      ending = note;
      breakOff();
    } else if (ending == null) {
      ending = note;
      outbox.finish();
      Thread.ofVirtual().name("sockbed-assistant-goodbye-" + number()).start(this::boundGoodbye);
    }
  }

  private synchronized boolean leave() {
    if (state == PeerState.GONE) {
      return false;
    }
    state = PeerState.CLOSING;
    return true;
  }

  private synchronized void left() {
    state = PeerState.GONE;
  }

  @Override
  boolean mayAnswer() {
    return true;
  }

  @Override
  void transmit(ByteBuffer bytes) throws SocketFailure {
    socket.send(bytes);
  }

  @Override
  FileTransfer.Pace filePace() {
    return new FileTransfer.Pace(16 << 10, Duration.ZERO);
  }

  /** Waits until its threads have ended, but no longer than that. */
  boolean ended(Duration atMost) throws InterruptedException {
    Thread thread;
    synchronized (this) {
      thread = receiver;
    }
    return thread == null || thread.join(atMost);
  }

  private void receive() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(receiveLimit);
    String why = "closed by the peer";
    try {
      while (socket.receive(buffer.clear(), receiveLimit) != BlockingSocket.END_OF_STREAM) {
        received(buffer.flip(), false);
      }
      // The peer will send no more, but may still read what waits for it.
      outbox.finish();
      outbox.ended(GOODBYE);
    } catch (SocketFailure e) {
      why = e.error() == SocketError.RESET ? "reset by the peer" : String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      why = "interrupted";
    }
    String ours = ending;
    gone(ours == null ? why : ours);
  }

  private void gone(String why) {
    left();
    outbox.finish();
    socket.close();
    unsent(outbox.abandon());
    journal().disconnected(this, why);
    whenGone.accept(this);
  }

  private void send(Outbox.Parcel parcel) {
    try {
      deliver(parcel.what());
    } catch (SocketFailure e) {
      boolean closedByUs = e.error() == SocketError.CLOSED && ending != null;
      if (!closedByUs) {
        journal().tell(RowKind.ERROR, this, "not sent: " + e.getMessage());
        if (ending == null) {
          ending = e.error() == SocketError.TIMED_OUT ? "it did not read" : "reset by the peer";
        }
      }
      unsent(outbox.abandon());
      outbox.finish();
      socket.close();
    }
  }

  /** All is sent that waited, and no more will be: the peer reads the end of the stream. */
  private void sayNoMoreIsSent() {
    if (!socket.isOpen()) {
      return;
    }
    try {
      socket.shutdownOutput();
    } catch (SocketFailure e) {
      // The peer was quicker, and its reset is what the receiving thread reports.
      socket.close();
    }
  }

  private void boundGoodbye() {
    try {
      if (!ended(GOODBYE)) {
        socket.close();
      }
    } catch (InterruptedException e) {
      socket.close();
    }
  }

  private void breakOff() {
    try {
      socket.reset();
    } catch (SocketFailure e) {
      // It was closed already; reset() has made sure of that.
      socket.close();
    }
  }
}
