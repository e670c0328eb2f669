package dev.sockbed.bench.link;

import dev.sockbed.bench.link.HeldPackets.Held;
import dev.sockbed.bench.link.model.Fate;
import dev.sockbed.bench.link.model.LinkModel;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.common.linux.RealTimeBudget;
import dev.sockbed.common.linux.TimerSlack;
import dev.sockbed.common.linux.TunDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link TunLink}: a thread that reads packets from one end, lets the model
 * decide, and writes them to the other end when they are due. One thread does both, so that a
 * packet needs no waking in between.
 */
final class TunPump implements AutoCloseable {
  private static final int IPV4 = 4;
  private static final int READS_IN_A_ROW = 64;
  private static final long LONGEST_WAIT_NANOS = 50_000_000;

  private final TunDevice from;
  private final TunDevice to;
  private final LinkModel model;
  private final @Nullable PacketTrace trace;
  private final HeldPackets<TunDevice> held = new HeldPackets<>();
  private final HybridSleep hybridSleep = new HybridSleep(System.nanoTime());
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(TunDevice.LONGEST_PACKET);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(TunDevice.LONGEST_PACKET);
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

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

  PacketCounts counters() {
    return model.counters();
  }

  /** Why the pump stopped, or null if it did not. */
  @Nullable IOException failure() {
    return failure;
  }

  private void run() {
    TimerSlack.remove();
    RealTimeBudget budget = RealTimeBudget.take();
    try {
      while (!closed) {
        budget.look();
        handOverWhatIsDue();
        if (!readSome()) {
          awaitSomething();
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Waits, but not for ever, until a packet can be read or is due. */
  private void awaitSomething() {
    if (held.isEmpty()) {
      from.awaitReadable(LONGEST_WAIT_NANOS);
      return;
    }
    long now = System.nanoTime();
    long untilDue = held.firstDueNanos(now) - now;
    long sleep = untilDue > 0 ? hybridSleep.sleepNanos(now, untilDue) : 0;
    if (sleep > 0) {
      from.awaitReadable(Math.min(sleep, LONGEST_WAIT_NANOS));
    } else {
      Thread.onSpinWait();
    }
  }

  private void handOverWhatIsDue() {
    long now = held.isEmpty() ? 0 : System.nanoTime();
    Held<TunDevice> due;
    while ((due = held.takeDue(now)) != null) {
      handOver(outgoing.clear().put(due.packet()).flip(), due.dueNanos());
      held.giveBack(due);
    }
  }

  private void handOver(ByteBuffer packet, long dueNanos) {
    if (to.write(packet)) {
      model.counters().deliver(System.nanoTime() - dueNanos);
    } else {
      model.counters().overflow();
    }
  }

  /** Reads what is there, but not for ever: somebody may want to close this. */
  private boolean readSome() throws IOException {
    for (int i = 0; i < READS_IN_A_ROW; i++) {
      if (from.read(incoming.clear()) == TunDevice.NOTHING) {
        return i > 0;
      }
      incoming.flip();
      // The system's own IPv6 chatter is not what anybody asked to be tried.
      if (incoming.hasRemaining() && incoming.get(0) >> 4 == IPV4) {
        takeOver();
        handOverWhatIsDue();
      }
    }
    return true;
  }

  private void takeOver() {
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
    if (!held.add(dueNanos, to, incoming)) {
      model.counters().overflow();
    }
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
