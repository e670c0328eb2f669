package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.OneWay;
import dev.sockbed.bench.link.model.Property;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.command.UsageException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Says plainly what a relay can't do to TCP. */
final class RelayLimits {
  private static final Set<Property> NOT_FOR_STREAMS =
      EnumSet.of(
          Property.LOSS,
          Property.BURST,
          Property.REORDER,
          Property.DUPLICATE,
          Property.CORRUPT,
          Property.QUEUE);

  private RelayLimits() {}

  /**
   * Refuses what was asked for by a flag, and warns of what a preset or a timeline brings along.
   *
   * @throws UsageException naming the flag
   */
  static void check(Set<Property> given, Timeline timeline, PrintWriter warnings) {
    for (Property property : given) {
      if (NOT_FOR_STREAMS.contains(property)) {
        throw new UsageException(
            "--"
                + property.word()
                + ": a relay can't lose or change a TCP segment; it can do --delay, --jitter,"
                + " --bandwidth and what --help lists for TCP");
      }
    }
    boolean leftOut = timeline.changes().stream().anyMatch(change -> changesPackets(change.spec()));
    if (leftOut) {
      warnings.println(
          "warning: a relay can't lose, reorder or change TCP segments; that part is left out");
      warnings.flush();
    }
  }

  /** Whether a link does to packets what a relay can't do to a stream. */
  static boolean changesPackets(LinkSpec spec) {
    return Stream.of(Direction.values()).anyMatch(direction -> changesPackets(spec.of(direction)));
  }

  private static boolean changesPackets(OneWay way) {
    return way.loss().share() > 0 || way.reorder() > 0 || way.duplicate() > 0 || way.corrupt() > 0;
  }
}
