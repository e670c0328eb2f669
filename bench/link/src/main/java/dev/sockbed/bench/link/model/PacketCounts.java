package dev.sockbed.bench.link.model;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * What became of one direction's packets. Written by the link's threads, read by any; a reading
 * while packets are under way may miss the latest.
 */
public final class PacketCounts {
  private static final long LONGEST_TARDINESS_NANOS = 60_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 2;

  private final LongAdder packets = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder queueDropped = new LongAdder();
  private final LongAdder outageDropped = new LongAdder();
  private final LongAdder overflowed = new LongAdder();
  private final LongAdder duplicated = new LongAdder();
  private final LongAdder corrupted = new LongAdder();
  private final LongAdder heldBack = new LongAdder();
  private final LongAdder heldUp = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder tardy = new LongAdder();
  private final ConcurrentHistogram tardiness =
      new ConcurrentHistogram(LONGEST_TARDINESS_NANOS, SIGNIFICANT_DIGITS);

  /** Nothing happened so far. */
  public PacketCounts() {}

  void count(Fate fate, int packetBytes) {
    packets.increment();
    bytes.add(packetBytes);
    if (fate.drop() != null) {
      dropped(fate.drop());
      return;
    }
    add(duplicated, fate.copied());
    add(corrupted, fate.corrupted());
    add(heldBack, fate.heldBack());
  }

  void countPiece(int pieceBytes) {
    packets.increment();
    bytes.add(pieceBytes);
  }

  private static void add(LongAdder counter, boolean happened) {
    if (happened) {
      counter.increment();
    }
  }

  private void dropped(Drop drop) {
    switch (drop) {
      case LOSS -> lost.increment();
      case QUEUE -> queueDropped.increment();
      case OUTAGE -> outageDropped.increment();
      case OVERFLOW -> overflowed.increment();
    }
  }

  /** The emulator had no room for a packet that was to arrive. */
  public void overflow() {
    overflowed.increment();
  }

  /** The emulator had no room for some bytes of a stream; they wait, and those behind them. */
  public void heldUp() {
    heldUp.increment();
  }

  /**
   * A packet, or its copy, was handed over.
   *
   * @param tardinessNanos how much later than it should have been
   */
  public void deliver(long tardinessNanos) {
    delivered.increment();
    if (tardinessNanos > Snapshot.TARDY_NANOS) {
      tardy.increment();
    }
    tardiness.recordValue(Math.clamp(tardinessNanos, 0, LONGEST_TARDINESS_NANOS));
  }

  /** The counters now. */
  public Snapshot snapshot() {
    return new Snapshot(
        packets.sum(),
        bytes.sum(),
        delivered.sum(),
        lost.sum(),
        queueDropped.sum(),
        outageDropped.sum(),
        overflowed.sum(),
        duplicated.sum(),
        corrupted.sum(),
        heldBack.sum(),
        heldUp.sum(),
        tardy.sum(),
        tardiness.getMaxValue());
  }

  /**
   * How much later than they should have been packets were handed over so far.
   *
   * @param part at least 0 and at most 1
   * @return nanoseconds that this part of them was not later than, to two digits; 0 if there are
   *     none
   */
  public long tardinessNanos(double part) {
    return tardiness.getValueAtPercentile(100 * part);
  }

  /**
   * The counters at one moment.
   *
   * @param packets packets that came
   * @param bytes their lengths, IP headers included
   * @param delivered packets handed over, copies included
   * @param lost packets that the link lost
   * @param queueDropped packets that found the queue full
   * @param outageDropped packets that came while the link was cut
   * @param overflowed packets for which the emulator had no memory
   * @param duplicated packets that arrive twice
   * @param corrupted packets in which a bit was flipped
   * @param heldBack packets that were held back for others to overtake
   * @param heldUp times that bytes of a stream had to wait because too many were in flight already
   * @param tardy packets that were handed over more than a millisecond late
   * @param worstTardinessNanos the latest of them
   */
  public record Snapshot(
      long packets,
      long bytes,
      long delivered,
      long lost,
      long queueDropped,
      long outageDropped,
      long overflowed,
      long duplicated,
      long corrupted,
      long heldBack,
      long heldUp,
      long tardy,
      long worstTardinessNanos) {
    /** A packet handed over so much later than it should is counted. */
    static final long TARDY_NANOS = 1_000_000;

    /** Packets that did not arrive, whatever the reason. */
    public long dropped() {
      return lost + queueDropped + outageDropped + overflowed;
    }

    /** What came since an earlier moment; the worst is that of the whole time. */
    public Snapshot since(Snapshot earlier) {
      return new Snapshot(
          packets - earlier.packets,
          bytes - earlier.bytes,
          delivered - earlier.delivered,
          lost - earlier.lost,
          queueDropped - earlier.queueDropped,
          outageDropped - earlier.outageDropped,
          overflowed - earlier.overflowed,
          duplicated - earlier.duplicated,
          corrupted - earlier.corrupted,
          heldBack - earlier.heldBack,
          heldUp - earlier.heldUp,
          tardy - earlier.tardy,
          worstTardinessNanos);
    }
  }
}
