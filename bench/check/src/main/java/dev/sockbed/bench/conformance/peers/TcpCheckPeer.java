package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The checker's end of a TCP connection.
 *
 * @see UdpCheckPeer
 */
public final class TcpCheckPeer implements AutoCloseable {
  private static final int LARGEST_RECEIVE = 64 << 10;
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final String name;
  private final TcpSocket socket;
  private final WireLog log;

  private final TcpArrivals arrivals;
  private volatile boolean halfClosed;
  private volatile boolean asTaken;

  // Guarded by this object's own monitor.
  private @Nullable Thread receiver;

  /** Takes over a connected socket; nothing is received before {@link #read}. */
  public TcpCheckPeer(String name, TcpSocket socket, WireLog log) {
    this(name, socket, log, new ArrivalsRoom(TcpArrivals.MOST_BYTES));
  }

  /** The same for one of many, which share the room for what arrives. */
  public TcpCheckPeer(String name, TcpSocket socket, WireLog log, ArrivalsRoom room) {
    this.name = name;
    this.arrivals = new TcpArrivals(room);
    this.socket = socket;
    this.log = log;
    log.event(name, "connected " + socket.fiveTuple());
  }

  /**
   * The configuration of a socket for a peer.
   *
   * @param sendTimeout how long the other side may take no bytes
   */
  public static TcpConfig config(Duration sendTimeout) {
    return TcpConfig.DEFAULT
        .withReceiveLimit(LARGEST_RECEIVE)
        .withConnectTimeout(sendTimeout)
        .withSendTimeout(sendTimeout)
        .withThreads(ThreadKind.VIRTUAL);
  }

  /** Begins to receive. Until then what the other side sends fills the system's buffers. */
  public synchronized TcpCheckPeer read() {
    if (receiver == null) {
      receiver = ThreadKind.VIRTUAL.start("sockbed-check-" + name, this::receiveAll);
    }
    return this;
  }

  /**
   * Begins to receive, and leaves in the system's buffers what there is no room for yet: much is
   * expected, and may come faster than it is taken.
   */
  public TcpCheckPeer readAsTaken() {
    asTaken = true;
    return read();
  }

  private void receiveAll() {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_RECEIVE);
    TcpEnd how = null;
    try {
      while (how == null) {
        boolean ended =
            socket.receive(buffer.clear(), LARGEST_RECEIVE) == BlockingSocket.END_OF_STREAM;
        how = ended ? TcpEnd.FIN : keep(Arrays.copyOf(buffer.array(), buffer.position()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      how = TcpEnd.OURS;
    } catch (SocketFailure e) {
      how = e.error() == SocketError.CLOSED ? TcpEnd.OURS : TcpEnd.RESET;
    }
    log.event(name, "end of what is received: " + how.label());
    arrivals.end(how);
  }

  /** Null if there is room for these bytes, now or when others were taken; else how it ends. */
  private @Nullable TcpEnd keep(byte[] bytes) throws InterruptedException {
    log.bytes(name, "received", bytes);
    while (!arrivals.add(bytes)) {
      if (!asTaken) {
        return TcpEnd.FLOOD;
      }
      if (!socket.isOpen()) {
        return TcpEnd.OURS;
      }
      arrivals.awaitTaken(LOOK);
    }
    return null;
  }

  /**
   * Sends all of it.
   *
   * @throws Violation if the other side broke the connection off, or took nothing for too long
   */
  public void send(byte... bytes) throws Violation {
    log.bytes(name, "sent", bytes);
    sendUnlogged(bytes);
  }

  /** The same for bytes that are too many for the log. */
  public void sendUnlogged(byte[] bytes) throws Violation {
    try {
      socket.send(ByteBuffer.wrap(bytes));
    } catch (SocketFailure e) {
      log.event(name, "sending failed: " + e.error().meaning());
      throw Violation.of(
          switch (e.error()) {
            case TIMED_OUT -> "it took no more of what was sent to it";
            case RESET -> "it closed while more was being sent to it";
            default -> "sending to it failed: " + e.error().meaning();
          });
    }
  }

  /**
   * Waits for that many bytes and takes them.
   *
   * @return fewer, if the stream ended or time ran out before
   */
  public byte[] receive(int count, Duration within) throws InterruptedException {
    return arrivals.take(count, within);
  }

  /**
   * Waits for at least one byte and takes all that are there.
   *
   * @return none, if the stream ended or time ran out
   */
  public byte[] receiveSome(Duration within) throws InterruptedException {
    return receiveSome(Integer.MAX_VALUE, within);
  }

  /** The same, but takes no more than so many. */
  public byte[] receiveSome(int most, Duration within) throws InterruptedException {
    return arrivals.takeSome(most, within);
  }

  /**
   * Waits until something has come and then nothing more for {@code quiet}, and takes it.
   *
   * @return none, if the stream ended or time ran out before the first byte
   */
  public byte[] receiveUntilQuiet(Duration quiet, Duration within) throws InterruptedException {
    return arrivals.takeUntilQuiet(quiet, within);
  }

  /**
   * Waits for the end of what the other side sends.
   *
   * @return null if it did not come in that time
   */
  public @Nullable TcpEnd awaitEnd(Duration within) throws InterruptedException {
    return arrivals.awaitEnd(within);
  }

  /** How the other side ended, or null if it has not. */
  public @Nullable TcpEnd end() {
    return arrivals.end();
  }

  /** Whether something has come that was not taken yet. */
  public boolean hasSome() {
    return arrivals.hasSome();
  }

  /** When bytes came last, as of {@link System#nanoTime}. */
  public long lastArrivalNanos() {
    return arrivals.lastNanos();
  }

  /** Sends a FIN; does nothing if the connection is gone. */
  public void halfClose() {
    log.event(name, "half-closed (FIN)");
    halfClosed = true;
    try {
      socket.shutdownOutput();
    } catch (SocketFailure gone) {
      log.event(name, "half-closing failed: " + gone.error().meaning());
    }
  }

  /** Whether this end has said that it sends no more. */
  public boolean halfClosed() {
    return halfClosed;
  }

  /** Breaks the connection off: a RST. */
  public void reset() {
    log.event(name, "broke off (RST)");
    try {
      socket.reset();
    } catch (SocketFailure gone) {
      log.event(name, "breaking off failed: " + gone.error().meaning());
    }
    awaitReceiver();
  }

  /** Puts a remark into the log. */
  public void note(String what) {
    log.event(name, what);
  }

  /** In the log. */
  public String name() {
    return name;
  }

  /** Closes; when this returns, the other side is told, unless the system is very busy. */
  @Override
  public void close() {
    socket.close();
    awaitReceiver();
  }

  /** The system closes a connection when no thread is in it any more. */
  private void awaitReceiver() {
    Thread last = receiver();
    try {
      if (last != null && !last.join(LAST_MOMENT)) {
        log.event(name, "closed, and its thread has not ended yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Thread receiver() {
    return receiver;
  }
}
