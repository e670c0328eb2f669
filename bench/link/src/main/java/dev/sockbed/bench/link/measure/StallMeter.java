package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * When this machine held messages up, whatever the link did: one message after the other to an echo
 * server behind a link that does nothing, beside all that is measured. As long as such an exchange
 * takes, each of the threads that send, emulate, echo and receive may have been kept waiting.
 */
public final class StallMeter implements AutoCloseable {
  /** What is shorter is no stall. */
  static final long SHORTEST_NANOS = 1_000_000;

  private static final long PAUSE_NANOS = 3_000_000;
  private static final int MESSAGE_BYTES = 32;

  /** A loopback that loses a datagram is a stall of this length. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LinkedServer server;
  private final UdpSocket socket;
  private final Thread thread;
  private final List<Stall> stalls = new ArrayList<>();
  private volatile boolean closed;
  private long waitingSinceNanos;

  private record Stall(long fromNanos, long toNanos) {
    boolean within(long fromNanos, long toNanos) {
      return this.toNanos - fromNanos >= 0 && toNanos - this.fromNanos >= 0;
    }
  }

  private StallMeter(LinkedServer server, UdpSocket socket) {
    this.server = server;
    this.socket = socket;
    waitingSinceNanos = System.nanoTime();
    thread = Thread.ofPlatform().daemon().name("sockbed-stall-meter").start(this::run);
  }

  /**
   * Starts one.
   *
   * @param mode how the links beside it are made
   * @throws SocketFailure if there is no server to be had
   */
  public static StallMeter start(LinkMode mode) throws SocketFailure {
    LinkedServer server =
        LinkedServer.open(Variant.UDP, Timeline.constant(LinkSpec.PERFECT), 0, mode, MESSAGE_BYTES);
    try {
      UdpConfig config =
          UdpConfig.DEFAULT.withReceiveLimit(MESSAGE_BYTES).withReceiveTimeout(PATIENCE);
      return new StallMeter(
          server, server.asClient(() -> UdpSocket.connected(server.address(), config)));
    } catch (SocketFailure e) {
      server.close();
      throw e;
    } catch (Exception e) {
      server.close();
      throw new IllegalStateException(e);
    }
  }

  private void run() {
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    ByteBuffer reply = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    for (long number = 0; !closed; number++) {
      long before = begin();
      try {
        message.clear().putLong(0, number);
        socket.send(message);
        do {
          socket.receive(reply.clear(), MESSAGE_BYTES);
        } while (reply.flip().remaining() < Long.BYTES || reply.getLong(0) != number);
      } catch (SocketFailure e) {
        if (e.error() == SocketError.CLOSED) {
          return;
        }
        // Lost or refused on loopback: a stall until now.
      }
      end(before);
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  private synchronized long begin() {
    // A pause that lasts too long is a stall, too.
    long now = System.nanoTime();
    if (now - waitingSinceNanos > PAUSE_NANOS + SHORTEST_NANOS) {
      stalls.add(new Stall(waitingSinceNanos, now));
    }
    waitingSinceNanos = now;
    return now;
  }

  private synchronized void end(long before) {
    long now = System.nanoTime();
    if (now - before > SHORTEST_NANOS) {
      stalls.add(new Stall(before, now));
    }
    waitingSinceNanos = now;
  }

  /**
   * Whether there was a stall of that length, or there is one now.
   *
   * @param fromNanos the beginning, as {@link System#nanoTime} has it
   * @param toNanos the end
   * @param leastNanos as long at least
   */
  public synchronized boolean stalled(long fromNanos, long toNanos, long leastNanos) {
    Stall now = new Stall(waitingSinceNanos, System.nanoTime());
    return (isStall(now, leastNanos) && now.within(fromNanos, toNanos))
        || stalls.stream()
            .anyMatch(stall -> isStall(stall, leastNanos) && stall.within(fromNanos, toNanos));
  }

  private static boolean isStall(Stall stall, long leastNanos) {
    return stall.toNanos() - stall.fromNanos() >= Math.max(leastNanos, PAUSE_NANOS);
  }

  @Override
  public void close() {
    closed = true;
    socket.close();
    LockSupport.unpark(thread);
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The thread ends all the same: its socket is closed.
    }
  }
}
