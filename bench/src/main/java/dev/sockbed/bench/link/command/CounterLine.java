package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.model.Counters;
import dev.sockbed.bench.link.model.Direction;
import java.util.StringJoiner;

/** A link's counters in one line for each direction. */
final class CounterLine {
  private CounterLine() {}

  /** As in {@code up: 120 packets, 117 delivered, 3 lost}; what is zero is left out. */
  static String of(Direction direction, Counters.Snapshot counters) {
    StringJoiner line = new StringJoiner(", ", direction.label() + ": ", "");
    line.add(counters.packets() + " packets").add(counters.delivered() + " delivered");
    add(line, counters.lost(), "lost");
    add(line, counters.queueDropped(), "dropped at a full queue");
    add(line, counters.outageDropped(), "dropped in an outage");
    add(line, counters.duplicated(), "duplicated");
    add(line, counters.corrupted(), "corrupted");
    add(line, counters.heldBack(), "held back");
    add(line, counters.overflowed(), "DROPPED FOR WANT OF MEMORY");
    add(line, counters.tardy(), "over 1 ms late by the emulator's own fault");
    return line.toString();
  }

  private static void add(StringJoiner line, long count, String what) {
    if (count > 0) {
      line.add(count + " " + what);
    }
  }
}
