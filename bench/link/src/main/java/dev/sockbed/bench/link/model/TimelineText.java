package dev.sockbed.bench.link.model;

import dev.sockbed.common.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Timelines as files: on each line a time and what changes then, in the words of {@link LinkText}
 * with blanks between them. What a line does not name stays as it was. From {@code #} on a line is
 * a comment.
 *
 * <pre>
 * 0s   loss=1% delay=20ms
 * 10s  outage          # the train enters the tunnel
 * 13s  connected
 * 20s  up-rate=256kbit/s
 * </pre>
 */
public final class TimelineText {
  private static final int MOST_LINES = 100_000;

  private TimelineText() {}

  /**
   * Reads a timeline.
   *
   * @param begin the link at zero, before the first line
   * @throws IllegalArgumentException naming the line and the first fault in it
   */
  public static Timeline parse(LinkSpec begin, List<String> lines) {
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException(
          "a timeline has at most %d lines, not %d".formatted(MOST_LINES, lines.size()));
    }
    List<Timeline.Change> changes = new ArrayList<>();
    changes.add(new Timeline.Change(Duration.ZERO, begin));
    boolean first = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        add(changes, line, first);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
      first = false;
    }
    return new Timeline(changes);
  }

  private static void add(List<Timeline.Change> changes, String line, boolean first) {
    List<String> words = List.of(line.split("\\s+"));
    if (words.size() < 2) {
      throw new IllegalArgumentException("'" + line + "' does not say what changes");
    }
    Duration at = Durations.parse(words.getFirst());
    Timeline.Change before = changes.getLast();
    if (at.compareTo(before.at()) < 0 || (at.equals(before.at()) && !first)) {
      throw new IllegalArgumentException(
          "%s is not later than %s on the line before"
              .formatted(words.getFirst(), Durations.format(before.at())));
    }
    LinkSpec spec = LinkText.change(before.spec(), words.subList(1, words.size()));
    if (at.isZero()) {
      changes.removeLast();
    }
    changes.add(new Timeline.Change(at, spec));
  }
}
