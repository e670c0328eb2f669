package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Conditions;
import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.StreamModel;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.Watchdog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection through a {@link TcpRelay}: for each direction a thread that reads and
 * one that writes when the bytes are due. Bytes between the two are bounded; a client that sends
 * faster than the link takes is not read, and TCP's window slows it down.
 */
final class TcpRelayConnection {
  /** Chunks under way in one direction. */
  private static final int MOST_CHUNKS = 256;

  private static final long LOOK_NANOS = 50_000_000;
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);

  private final TcpSocket client;
  private final TcpSocket server;
  private final Toxics toxics;
  private volatile boolean closed;

  TcpRelayConnection(TcpSocket client, TcpSocket server, Toxics toxics) {
    this.client = client;
    this.server = server;
    this.toxics = toxics;
  }

  /** Some bytes, or the end of the stream if there are none. */
  private record Chunk(long dueNanos, ByteBuffer bytes) {}

  /** Relays until both directions have ended. */
  void run(Timeline timeline, long seed, long number, long startNanos, Counters up, Counters down) {
    try (Watchdog.Guard reset = Watchdog.guard(orLeast(toxics.resetPeer()), this::reset);
        Watchdog.Guard timeout = Watchdog.guard(orLeast(toxics.timeout()), this::close)) {
      if (toxics.resetPeer() != null) {
        reset.arm(orLeast(toxics.resetPeer()).toNanos());
      }
      if (toxics.timeout() != null && !toxics.timeout().isZero()) {
        timeout.arm(toxics.timeout().toNanos());
      }
      long now = System.nanoTime();
      Thread upwards =
          pump(
              client,
              server,
              new StreamModel(timeline, Direction.UP, seed, number, startNanos, now, up),
              new Conditions(timeline, Direction.UP, startNanos),
              up);
      Thread downwards =
          pump(
              server,
              client,
              new StreamModel(timeline, Direction.DOWN, seed, number, startNanos, now, down),
              new Conditions(timeline, Direction.DOWN, startNanos),
              down);
      upwards.join();
      downwards.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private static Duration orLeast(@Nullable Duration duration) {
    return duration == null || duration.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : duration;
  }

  /** Starts both threads of a direction and gives the one that writes, which ends last. */
  private Thread pump(
      TcpSocket from, TcpSocket to, StreamModel model, Conditions conditions, Counters counters) {
    BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(MOST_CHUNKS);
    Thread writer =
        Thread.ofVirtual()
            .name("sockbed-link-write")
            .start(() -> write(underWay, to, conditions, counters));
    Thread.ofVirtual().name("sockbed-link-read").start(() -> read(from, underWay, model));
    return writer;
  }

  private void read(TcpSocket from, BlockingQueue<Chunk> underWay, StreamModel model) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(TcpRelay.CHUNK_BYTES);
    try {
      while (true) {
        int received = from.receive(buffer.clear(), TcpRelay.CHUNK_BYTES);
        if (received == BlockingSocket.END_OF_STREAM) {
          break;
        }
        ByteBuffer bytes = ByteBuffer.allocate(received).put(buffer.flip()).flip();
        put(underWay, new Chunk(model.offer(System.nanoTime(), received), bytes));
      }
      long end = System.nanoTime() + toxics.slowClose().toNanos();
      put(underWay, new Chunk(end, ByteBuffer.allocate(0)));
    } catch (SocketFailure e) {
      if (e.error() == SocketError.RESET) {
        reset();
      } else {
        close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private void put(BlockingQueue<Chunk> underWay, Chunk chunk) throws InterruptedException {
    boolean taken = false;
    while (!closed && !taken) {
      taken = underWay.offer(chunk, LOOK_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private void write(
      BlockingQueue<Chunk> underWay, TcpSocket to, Conditions conditions, Counters counters) {
    long written = 0;
    long freeNanos = System.nanoTime();
    try {
      while (!closed) {
        Chunk chunk = underWay.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
        if (chunk == null) {
          continue;
        }
        long ableNanos = awaitDue(chunk.dueNanos(), conditions);
        if (closed) {
          return;
        }
        if (!chunk.bytes().hasRemaining()) {
          to.shutdownOutput();
          return;
        }
        if (toxics.limitData() > 0 && written + chunk.bytes().remaining() > toxics.limitData()) {
          chunk.bytes().limit((int) (toxics.limitData() - written));
          send(to, chunk.bytes());
          close();
          return;
        }
        written += chunk.bytes().remaining();
        // That a slicer took its time, or a peer did not read, is no fault of the emulator's.
        long lateNanos = System.nanoTime() - Math.max(ableNanos, freeNanos);
        send(to, chunk.bytes());
        counters.deliver(lateNanos);
        freeNanos = System.nanoTime();
      }
    } catch (SocketFailure e) {
      if (e.error() == SocketError.RESET) {
        reset();
      } else {
        close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /**
   * Waits until bytes are due and the link is not cut.
   *
   * @return since when that is so, as far as it is known
   */
  private long awaitDue(long dueNanos, Conditions conditions) {
    long ableNanos = dueNanos;
    long now = System.nanoTime();
    boolean cut = blocked(conditions, now);
    while (!closed && (dueNanos - now > 0 || cut)) {
      long wait = dueNanos - now;
      LockSupport.parkNanos(this, wait > 0 ? Math.min(wait, LOOK_NANOS) : LOOK_NANOS);
      now = System.nanoTime();
      ableNanos = cut ? Math.max(now, dueNanos) : ableNanos;
      cut = blocked(conditions, now);
    }
    return ableNanos;
  }

  private boolean blocked(Conditions conditions, long nowNanos) {
    return toxics.timeout() != null || conditions.at(nowNanos).outage();
  }

  private void send(TcpSocket to, ByteBuffer bytes) throws SocketFailure {
    if (toxics.sliceBytes() == 0) {
      to.send(bytes);
      return;
    }
    int end = bytes.limit();
    while (bytes.position() < end && !closed) {
      bytes.limit(Math.min(end, bytes.position() + toxics.sliceBytes()));
      to.send(bytes);
      LockSupport.parkNanos(this, toxics.sliceGap().toNanos());
    }
  }

  /** Breaks both connections off, so that both ends get a RST. */
  void reset() {
    closed = true;
    for (TcpSocket socket : new TcpSocket[] {client, server}) {
      try {
        socket.reset();
      } catch (SocketFailure closedAlready) {
        socket.close();
      }
    }
  }

  /** Closes both sockets, which ends the threads. */
  void close() {
    closed = true;
    client.close();
    server.close();
  }
}
