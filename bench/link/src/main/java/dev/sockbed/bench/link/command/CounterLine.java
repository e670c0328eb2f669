package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.PacketCounts;
import java.util.Locale;
import java.util.StringJoiner;

/** A link's counters in one line for each direction. */
final class CounterLine {
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.99;
  private static final double NANOS_PER_MICRO = 1e3;

  private CounterLine() {}

  /** As in {@code up: 120 packets, 117 delivered, 3 lost}; what is zero is left out. */
  static String of(Direction direction, PacketCounts all) {
    PacketCounts.Snapshot counters = all.snapshot();
    StringJoiner line = new StringJoiner(", ", direction.label() + ": ", "");
    line.add(counters.packets() + " packets").add(counters.delivered() + " delivered");
    add(line, counters.lost(), "lost");
    add(line, counters.queueDropped(), "dropped at a full queue");
    add(line, counters.outageDropped(), "dropped in an outage");
    add(line, counters.duplicated(), "duplicated");
    add(line, counters.corrupted(), "corrupted");
    add(line, counters.heldBack(), "held back");
    add(line, counters.heldUp(), "times held up: 4 MiB of a connection were in flight");
    add(line, counters.overflowed(), "DROPPED FOR WANT OF MEMORY");
    add(line, counters.tardy(), "over 1 ms late by the emulator's own fault");
    if (counters.delivered() > 0) {
      line.add(lateness(all));
    }
    return line.toString();
  }

  /** How punctual the emulator is: by what it handed packets over later than it should have. */
  private static String lateness(PacketCounts all) {
    return String.format(
        Locale.ROOT,
        "late by %.1f µs (p50), %.1f µs (p99)",
        all.tardinessNanos(MEDIAN) / NANOS_PER_MICRO,
        all.tardinessNanos(MOST) / NANOS_PER_MICRO);
  }

  /** Says what the system dropped because the emulator was too slow. */
  static String unfetched(long packets) {
    return packets
        + " packets were dropped by the system because the emulator was too slow: a fault of the"
        + " emulator, not of what is tried here; send less";
  }

  /** Says that some clients were not served, or not any more. */
  static String turnedAway(long clients) {
    return clients
        + " clients were turned away, because a relay serves 1,024 at a time: a bound of the"
        + " emulator, not of what is tried here";
  }

  private static void add(StringJoiner line, long count, String what) {
    if (count > 0) {
      line.add(count + " " + what);
    }
  }
}
