package dev.sockbed.bench.link;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction's bytes that wait until they are due, bounded by the memory that they take, however
 * many pieces they come in. From one thread to another.
 */
final class ChunkQueue {
  /** What one direction of one connection may hold. */
  static final int MOST_BYTES = 4 << 20;

  /** What a chunk takes beside its bytes, or a little more. */
  private static final int OVERHEAD_BYTES = 128;

  private final Semaphore room = new Semaphore(MOST_BYTES);
  private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();

  /** Some bytes, or the end of the stream if there are none. */
  record Chunk(long dueNanos, ByteBuffer bytes) {
    private int memory() {
      return bytes.capacity() + OVERHEAD_BYTES;
    }
  }

  /** Adds a chunk if there is room, or will be within that time. */
  boolean offer(Chunk chunk, long withinNanos) throws InterruptedException {
    boolean taken = room.tryAcquire(chunk.memory(), withinNanos, TimeUnit.NANOSECONDS);
    if (taken) {
      chunks.add(chunk);
    }
    return taken;
  }

  /** Takes the first chunk; null if none comes within that time. It still takes its room. */
  @Nullable Chunk poll(long withinNanos) throws InterruptedException {
    return chunks.poll(withinNanos, TimeUnit.NANOSECONDS);
  }

  /** A chunk is on its way. */
  void done(Chunk chunk) {
    room.release(chunk.memory());
  }
}
