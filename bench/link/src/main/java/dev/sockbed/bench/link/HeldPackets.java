package dev.sockbed.bench.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait until they are due, in the order of their times. Memory is used again: once the
 * most that waits at a time has waited, nothing is allocated any more.
 *
 * <p>For one thread at a time.
 *
 * @param <D> where packets go
 */
final class HeldPackets<D> {
  /** So many packets at most: more than a second of the fastest link that is emulated here. */
  static final int ROOM = 1 << 16;

  /** So many bytes of memory at most. */
  static final int ROOM_BYTES = 1 << 26;

  /** Most packets are either a small message or as long as the network lets them be. */
  private static final int SMALL_BYTES = 256;

  private static final int LARGE_BYTES = 2_048;

  private final PriorityQueue<Held<D>> held = new PriorityQueue<>();
  private final ArrayDeque<Held<D>> freeSmall = new ArrayDeque<>();
  private final ArrayDeque<Held<D>> freeLarge = new ArrayDeque<>();
  private long added;
  private long bytes;

  /**
   * A packet of its own memory.
   *
   * @param <D> where it goes
   */
  static final class Held<D> implements Comparable<Held<D>> {
    private final ByteBuffer packet;
    private long dueNanos;
    private long order;
    private D destination;

    private Held(int room, D destination) {
      packet = ByteBuffer.allocate(room);
      this.destination = destination;
    }

    /** Its bytes, from position to limit. */
    ByteBuffer packet() {
      return packet;
    }

    /** When it is to be handed over. */
    long dueNanos() {
      return dueNanos;
    }

    D destination() {
      return destination;
    }

    @Override
    public int compareTo(Held<D> other) {
      int byTime = Long.signum(dueNanos - other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /**
   * Copies a packet, from position to limit.
   *
   * @return false if there is no room
   */
  boolean add(long dueNanos, D destination, ByteBuffer packet) {
    int length = packet.remaining();
    int room = room(length);
    if (held.size() >= ROOM || bytes + room > ROOM_BYTES) {
      return false;
    }
    Held<D> one = memory(room, destination);
    one.packet.clear().put(0, packet, packet.position(), length).limit(length);
    one.dueNanos = dueNanos;
    one.order = added++;
    one.destination = destination;
    bytes += room;
    held.add(one);
    return true;
  }

  private static int room(int length) {
    return length <= SMALL_BYTES ? SMALL_BYTES : Math.max(length, LARGE_BYTES);
  }

  private Held<D> memory(int room, D destination) {
    Held<D> free =
        switch (room) {
          case SMALL_BYTES -> freeSmall.pollLast();
          case LARGE_BYTES -> freeLarge.pollLast();
          default -> null; // Too long for many of them to be kept.
        };
    return free == null ? new Held<>(room, destination) : free;
  }

  /** When the first packet is due; {@code otherwise} if none is held. */
  long firstDueNanos(long otherwise) {
    Held<D> first = held.peek();
    return first == null ? otherwise : first.dueNanos;
  }

  /**
   * Takes the first packet if it is due; to be {@linkplain #giveBack given back}.
   *
   * @return null if none is due
   */
  @Nullable Held<D> takeDue(long nowNanos) {
    Held<D> first = held.peek();
    if (first == null || first.dueNanos - nowNanos > 0) {
      return null;
    }
    bytes -= first.packet.capacity();
    return held.poll();
  }

  /** Takes the memory of a packet that was handed over. */
  void giveBack(Held<D> done) {
    switch (done.packet.capacity()) {
      case SMALL_BYTES -> freeSmall.addLast(done);
      case LARGE_BYTES -> freeLarge.addLast(done);
      default -> {}
    }
  }

  /** Forgets what is held. */
  void clear() {
    held.clear();
    bytes = 0;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }
}
