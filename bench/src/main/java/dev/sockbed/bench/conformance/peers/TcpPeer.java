package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The checker's end of a TCP connection.
 *
 * @see UdpPeer
 */
public final class TcpPeer implements AutoCloseable {
  /** No case sends more than this. */
  private static final int MOST_BYTES = 8 << 20;

  private static final int LARGEST_RECEIVE = 64 << 10;

  private final String name;
  private final TcpSocket socket;
  private final WireLog log;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private int taken;
  private @Nullable TcpEnd end;
  private boolean reading;
  private long lastArrivalNanos = System.nanoTime();

  private volatile boolean halfClosed;

  /** Takes over a connected socket; nothing is received before {@link #read}. */
  public TcpPeer(String name, TcpSocket socket, WireLog log) {
    this.name = name;
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
  public TcpPeer read() {
    lock.lock();
    try {
      if (!reading) {
        reading = true;
        ThreadKind.VIRTUAL.start("sockbed-check-" + name, this::receiveAll);
      }
    } finally {
      lock.unlock();
    }
    return this;
  }

  private void receiveAll() {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST_RECEIVE);
    TcpEnd how = TcpEnd.FIN;
    try {
      while (socket.receive(buffer.clear(), LARGEST_RECEIVE) != BlockingSocket.END_OF_STREAM) {
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        log.bytes(name, "received", bytes);
        if (!add(bytes)) {
          how = TcpEnd.FLOOD;
          break;
        }
      }
    } catch (SocketFailure e) {
      how = e.error() == SocketError.CLOSED ? TcpEnd.OURS : TcpEnd.RESET;
    }
    log.event(name, "end of what is received: " + how.label());
    ended(how);
  }

  private boolean add(byte[] bytes) {
    lock.lock();
    try {
      arrived.writeBytes(bytes);
      lastArrivalNanos = System.nanoTime();
      changed.signalAll();
      return arrived.size() <= MOST_BYTES;
    } finally {
      lock.unlock();
    }
  }

  private void ended(TcpEnd how) {
    lock.lock();
    try {
      end = how;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      waitFor(count, within);
      return take(Math.min(count, available()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for at least one byte and takes all that are there.
   *
   * @return none, if the stream ended or time ran out
   */
  public byte[] receiveSome(Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(1, within);
      return take(available());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something has come and then nothing more for {@code quiet}, and takes it.
   *
   * @return none, if the stream ended or time ran out before the first byte
   */
  public byte[] receiveUntilQuiet(Duration quiet, Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(1, within);
      int before = -1;
      while (available() > before && end == null) {
        before = available();
        waitFor(before + 1, quiet);
      }
      return take(available());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the end of what the other side sends.
   *
   * @return null if it did not come in that time
   */
  public @Nullable TcpEnd awaitEnd(Duration within) throws InterruptedException {
    lock.lock();
    try {
      waitFor(Integer.MAX_VALUE, within);
      return end;
    } finally {
      lock.unlock();
    }
  }

  private void waitFor(int count, Duration within) throws InterruptedException {
    long left = within.toNanos();
    while (available() < count && end == null && left > 0) {
      left = changed.awaitNanos(left);
    }
  }

  private byte[] take(int count) {
    byte[] all = arrived.toByteArray();
    byte[] part = Arrays.copyOfRange(all, taken, taken + count);
    taken += count;
    if (taken == all.length) {
      arrived.reset();
      taken = 0;
    }
    return part;
  }

  private int available() {
    return arrived.size() - taken;
  }

  /** How the other side ended, or null if it has not. */
  public @Nullable TcpEnd end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** When bytes came last, as of {@link System#nanoTime}. */
  public long lastArrivalNanos() {
    lock.lock();
    try {
      return lastArrivalNanos;
    } finally {
      lock.unlock();
    }
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
  }

  /** Puts a remark into the log. */
  public void note(String what) {
    log.event(name, what);
  }

  /** In the log. */
  public String name() {
    return name;
  }

  @Override
  public void close() {
    socket.close();
  }
}
