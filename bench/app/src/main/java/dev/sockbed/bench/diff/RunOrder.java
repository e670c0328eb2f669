package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Results;
import dev.sockbed.common.command.UsageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether the files of both sides are the runs that the statistics take them for. */
final class RunOrder {
  private RunOrder() {}

  /** A file and when its run began. */
  private record Run(String file, Instant begin, int pair) {}

  /**
   * Runs that stand twice on a side. They would seem to show that runs do not differ.
   *
   * @return a sentence for each
   */
  static List<String> twice(SideOptions.Sides sides, List<Results> before, List<Results> after) {
    return Stream.concat(
            twice(sides.first(), before).stream(), twice(sides.second(), after).stream())
        .toList();
  }

  private static List<String> twice(List<String> files, List<Results> runs) {
    Map<Results, String> seen = new HashMap<>();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String other = seen.putIfAbsent(runs.get(i), files.get(i));
      if (other != null) {
        told.add(
            other.equals(files.get(i))
                ? other + " stands twice on one side, and is one run"
                : other + " and " + files.get(i) + " are the same run");
      }
    }
    return told;
  }

  /**
   * Pairs whose runs were not made one right after the other: what changed between them would be
   * taken for the difference of the sides.
   *
   * @return a sentence for the first of them, or none
   * @throws UsageException if the sides have not as many files
   */
  static List<String> apart(SideOptions.Sides sides, List<Results> before, List<Results> after) {
    if (before.size() != after.size()) {
      throw new UsageException(
          "--paired: as many runs on either side, not %d and %d"
              .formatted(before.size(), after.size()));
    }
    List<Run> runs = new ArrayList<>();
    for (int pair = 0; pair < before.size(); pair++) {
      runs.add(new Run(sides.first().get(pair), before.get(pair).startedAt(), pair));
      runs.add(new Run(sides.second().get(pair), after.get(pair).startedAt(), pair));
    }
    runs.sort(Comparator.comparing(Run::begin));
    return IntStream.iterate(0, i -> i < runs.size(), i -> i + 2)
        .filter(i -> runs.get(i).pair() != runs.get(i + 1).pair())
        .limit(1)
        .mapToObj(i ->
            "--paired: %s and %s were made one right after the other, and are no pair here"
                .formatted(runs.get(i).file(), runs.get(i + 1).file()))
        .toList();
  }
}
