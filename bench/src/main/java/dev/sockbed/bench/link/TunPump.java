package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.bench.link.model.Fate;
import dev.sockbed.bench.link.model.LinkModel;
import dev.sockbed.common.linux.TimerSlack;
import dev.sockbed.common.linux.TunDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link TunLink}: a thread that reads packets from one end, lets the model
 * decide, and writes them to the other end when they are due. One thread does both, so that a
 * packet needs no waking in between.
 */
final class TunPump implements AutoCloseable {
  private static final int IPV4 = 4;
  private static final int ROOM = 1 << 16;
  private static final int READS_IN_A_ROW = 64;
  private static final long LONGEST_WAIT_NANOS = 50_000_000;

  private final TunDevice from;
  private final TunDevice to;
  private final LinkModel model;
  private final @Nullable PacketTrace trace;
  private final PriorityQueue<Held> held = new PriorityQueue<>();
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(TunDevice.LONGEST_PACKET);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(TunDevice.LONGEST_PACKET);
  private final Thread thread;
  private long order;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  private record Held(long dueNanos, long order, ByteBuffer packet) implements Comparable<Held> {
    @Override
    public int compareTo(Held other) {
      int byTime = Long.signum(dueNanos - other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  TunPump(TunDevice from, TunDevice to, LinkModel model, @Nullable PacketTrace trace) {
    this.from = from;
    this.to = to;
    this.model = model;
    this.trace = trace;
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("sockbed-link-" + model.direction().label())
            .start(this::run);
  }

  Counters counters() {
    return model.counters();
  }

  /** Why the pump stopped, or null if it did not. */
  @Nullable IOException failure() {
    return failure;
  }

  private void run() {
    TimerSlack.remove();
    try {
      while (!closed) {
        handOverWhatIsDue();
        if (!readSome()) {
          from.awaitReadable(untilNextIsDue());
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private long untilNextIsDue() {
    Held first = held.peek();
    return first == null
        ? LONGEST_WAIT_NANOS
        : Math.clamp(first.dueNanos() - System.nanoTime(), 0, LONGEST_WAIT_NANOS);
  }

  private void handOverWhatIsDue() {
    Held first = held.peek();
    while (first != null && first.dueNanos() - System.nanoTime() <= 0) {
      held.poll();
      handOver(outgoing.clear().put(first.packet()).flip(), first.dueNanos());
      first = held.peek();
    }
  }

  private void handOver(ByteBuffer packet, long dueNanos) {
    if (to.write(packet)) {
      model.counters().deliver(System.nanoTime() - dueNanos);
    } else {
      model.counters().overflow();
    }
  }

  /** Reads what is there, but not for ever: what is due must go out meanwhile. */
  private boolean readSome() throws IOException {
    for (int i = 0; i < READS_IN_A_ROW; i++) {
      if (from.read(incoming.clear()) == TunDevice.NOTHING) {
        return i > 0;
      }
      incoming.flip();
      // The system's own IPv6 chatter is not what anybody asked to be tried.
      if (incoming.hasRemaining() && incoming.get(0) >> 4 == IPV4) {
        takeOver();
      }
    }
    return true;
  }

  private void takeOver() throws IOException {
    long now = System.nanoTime();
    Fate fate = model.offer(now, incoming.remaining());
    if (trace != null) {
      trace.add(model.direction(), now, incoming, fate);
    }
    if (fate.drop() != null) {
      return;
    }
    if (fate.corrupted()) {
      int index = (int) (fate.flippedBit() / 8);
      incoming.put(index, (byte) (incoming.get(index) ^ (0x80 >> (fate.flippedBit() % 8))));
    }
    if (fate.copied()) {
      hold(fate.copyArrivalNanos());
    }
    if (fate.arrivalNanos() - now > 0) {
      hold(fate.arrivalNanos());
    } else {
      handOver(incoming, now);
    }
  }

  private void hold(long dueNanos) {
    if (held.size() >= ROOM) {
      model.counters().overflow();
      return;
    }
    ByteBuffer packet = ByteBuffer.allocate(incoming.remaining()).put(incoming.duplicate()).flip();
    held.add(new Held(dueNanos, order++, packet));
  }

  /** Ends the thread, and waits until it has ended: the devices are its to use until then. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
