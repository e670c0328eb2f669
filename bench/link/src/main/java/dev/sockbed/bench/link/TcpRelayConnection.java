package dev.sockbed.bench.link;

import dev.sockbed.bench.link.ChunkQueue.Chunk;
import dev.sockbed.bench.link.model.Conditions;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.StreamModel;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.Watchdog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection through a {@link TcpRelay}: for each direction a thread that reads and
 * one that writes when the bytes are due. Bytes between the two are bounded; a client that sends
 * faster than the link takes is not read, and TCP's window slows it down.
 */
final class TcpRelayConnection {
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

  /** Relays until both directions have ended. */
  void run(
      Timeline timeline,
      long seed,
      long number,
      long startNanos,
      PacketCounts up,
      PacketCounts down) {
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
              outage(new Conditions(timeline, Direction.UP, startNanos), number),
              up);
      Thread downwards =
          pump(
              server,
              client,
              new StreamModel(timeline, Direction.DOWN, seed, number, startNanos, now, down),
              outage(new Conditions(timeline, Direction.DOWN, startNanos), number),
              down);
      upwards.join();
      downwards.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Whether the link is cut for this connection at a moment. */
  private static LongPredicate outage(Conditions conditions, long number) {
    return nanos -> conditions.at(nanos, number).outage();
  }

  private static Duration orLeast(@Nullable Duration duration) {
    return duration == null || duration.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : duration;
  }

  /** Starts both threads of a direction and gives the one that writes, which ends last. */
  private Thread pump(
      TcpSocket from,
      TcpSocket to,
      StreamModel model,
      LongPredicate outage,
      PacketCounts counters) {
    ChunkQueue inFlight = new ChunkQueue();
    Thread writer =
        Thread.ofVirtual()
            .name("sockbed-link-write")
            .start(() -> write(inFlight, to, outage, counters));
    Thread.ofVirtual().name("sockbed-link-read").start(() -> read(from, inFlight, model, counters));
    return writer;
  }

  private void read(TcpSocket from, ChunkQueue inFlight, StreamModel model, PacketCounts counters) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(TcpRelay.CHUNK_BYTES);
    try {
      while (true) {
        int received = from.receive(buffer.clear(), TcpRelay.CHUNK_BYTES);
        if (received == BlockingSocket.END_OF_STREAM) {
          break;
        }
        long cameNanos = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.allocate(received).put(buffer.flip()).flip();
        put(inFlight, new Chunk(model.offer(cameNanos, received), bytes), counters);
      }
      long end = System.nanoTime() + toxics.slowClose().toNanos();
      put(inFlight, new Chunk(end, ByteBuffer.allocate(0)), counters);
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

  /** While this waits, nothing is read, and what comes waits unseen in the socket's buffer. */
  private void put(ChunkQueue inFlight, Chunk chunk, PacketCounts counters)
      throws InterruptedException {
    boolean taken = inFlight.offer(chunk, 0);
    if (!taken) {
      counters.heldUp();
    }
    while (!closed && !taken) {
      taken = inFlight.offer(chunk, LOOK_NANOS);
    }
  }

  private void write(
      ChunkQueue inFlight, TcpSocket to, LongPredicate outage, PacketCounts counters) {
    long written = 0;
    long freeNanos = System.nanoTime();
    try {
      while (!closed) {
        Chunk chunk = inFlight.poll(LOOK_NANOS);
        if (chunk == null) {
          continue;
        }
        long ableNanos = awaitDue(chunk.dueNanos(), outage);
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
        inFlight.done(chunk);
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
  private long awaitDue(long dueNanos, LongPredicate outage) {
    long ableNanos = dueNanos;
    long now = System.nanoTime();
    boolean cut = blocked(outage, now);
    while (!closed && (dueNanos - now > 0 || cut)) {
      long wait = dueNanos - now;
      LockSupport.parkNanos(this, wait > 0 ? Math.min(wait, LOOK_NANOS) : LOOK_NANOS);
      now = System.nanoTime();
      ableNanos = cut ? Math.max(now, dueNanos) : ableNanos;
      cut = blocked(outage, now);
    }
    return ableNanos;
  }

  private boolean blocked(LongPredicate outage, long nowNanos) {
    return toxics.timeout() != null || outage.test(nowNanos);
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
