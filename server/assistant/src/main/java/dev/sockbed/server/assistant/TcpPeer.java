package dev.sockbed.server.assistant;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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

  /** Writes down what is just being sent; null if nothing is, or it is written down already. */
  private @Nullable Runnable unwritten; // Guarded by writing.

  private final Object writing = new Object();

  /** Why this end ended it, if it did. */
  private volatile @Nullable String ending;

  /** Whether this end broke it off, and so threw away on purpose what waited. */
  private volatile boolean brokenOff;

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

  /**
   * Begins to receive.
   *
   * @param note what the transcript will say
   * @throws OutOfMemoryError if there is no memory or no thread for it; then it was not written
   *     down, and its socket is closed
   */
  synchronized void start(String note) {
    CountDownLatch told = new CountDownLatch(1);
    try {
      ByteBuffer buffer = ByteBuffer.allocateDirect(receiveLimit);
      String name = "sockbed-assistant-receive-" + number();
      receiver = ThreadKind.PLATFORM.start(name, () -> receive(buffer, told));
    } catch (RuntimeException | Error e) {
      state = PeerState.GONE;
      socket.close(); // Nobody else would: that is its thread's work.
      throw e;
    }
    try {
      journal().connected(this, note);
    } finally {
      told.countDown(); // Or the thread would wait for ever, and hold the socket.
    }
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
  void end(Parting parting, String note) {
    if (!leave()) {
      return;
    }
    if (parting == Parting.RESET) {
      ending = note;
      brokenOff = true;
      breakOff();
    } else if (ending == null || parting == Parting.SOON) {
      ending = ending == null ? note : ending;
      outbox.finish();
      Thread.ofVirtual()
          .name("sockbed-assistant-goodbye-" + number())
          .start(() -> boundGoodbye(parting));
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

  /** It has a thread of its own, so it is only itself that waits. */
  @Override
  boolean mayBeMatched(long steps) {
    return true;
  }

  @Override
  boolean mayAnswer() {
    return true;
  }

  @Override
  void transmit(ByteBuffer bytes, Runnable written) throws SocketFailure {
    synchronized (writing) {
      unwritten = written;
    }
    try {
      socket.send(bytes);
      writeDownSent();
    } finally {
      synchronized (writing) {
        unwritten = null;
      }
    }
  }

  /** The peer may answer a long message before all of it is sent. */
  private void writeDownSent() {
    synchronized (writing) {
      if (unwritten != null) {
        unwritten.run();
        unwritten = null;
      }
    }
  }

  @Override
  FileTransfer.Pace filePace() {
    return new FileTransfer.Pace(16 << 10, Duration.ZERO);
  }

  /** Whether the system could only make that connection because this one is no more. */
  boolean isReplacedBy(TcpPeer newer) {
    return socket.fiveTuple().equals(newer.socket.fiveTuple());
  }

  /** Waits until it is gone, whose connection the system has ended. */
  void awaitReplaced() {
    try {
      if (!ended(GOODBYE)) {
        socket.close();
        ended(GOODBYE);
      }
    } catch (InterruptedException e) {
      socket.close();
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until its threads have ended, but no longer than that. */
  boolean ended(Duration atMost) throws InterruptedException {
    Thread thread;
    synchronized (this) {
      thread = receiver;
    }
    return thread == null || thread.join(atMost);
  }

  private void receive(ByteBuffer buffer, CountDownLatch told) {
    String why = "closed by the peer";
    try {
      told.await();
      while (socket.receive(buffer.clear(), receiveLimit) != BlockingSocket.END_OF_STREAM) {
        writeDownSent();
        writeDown(buffer.flip(), false);
        answer(buffer);
      }
      // The peer will send no more, but may still read what waits for it. One that does not is
      // given up by the sending thread.
      outbox.finish();
      outbox.ended();
    } catch (SocketFailure e) {
      why = e.error() == SocketError.RESET ? "reset by the peer" : String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      why = "interrupted";
    } catch (RuntimeException | Error e) {
      why = "a fault in receiving: " + e;
    } finally {
      String ours = ending;
      gone(ours == null ? why : ours);
    }
  }

  private void gone(String why) {
    left();
    outbox.finish();
    socket.close();
    abandoned(outbox.abandon(), brokenOff);
    journal().disconnected(this, why);
    whenGone.accept(this);
  }

  private void send(Outbox.Parcel parcel) {
    try {
      deliver(parcel.what());
    } catch (SocketFailure e) {
      if (!brokenOff) {
        notSent(parcel.what(), String.valueOf(e.getMessage()));
        if (ending == null) {
          ending = e.error() == SocketError.TIMED_OUT ? "it did not read" : "reset by the peer";
        }
      }
      abandoned(outbox.abandon(), brokenOff);
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

  private void boundGoodbye(Parting parting) {
    try {
      if (parting == Parting.AFTER_ALL_IS_SENT) {
        outbox.ended();
      }
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
