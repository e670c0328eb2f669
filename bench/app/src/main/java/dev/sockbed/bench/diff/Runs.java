package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Point;
import dev.sockbed.bench.result.Results;
import dev.sockbed.bench.stats.Trials;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One side of a comparison: its runs, each with processes of its own. A file is a run, or as many
 * as it has forks.
 *
 * @param runs the cells of each
 */
record Runs(List<List<Cell>> runs) {
  /** Copies the lists. */
  Runs {
    runs = runs.stream().map(List::copyOf).toList();
  }

  static Runs of(List<Results> files) {
    return new Runs(files.stream().flatMap(file -> forks(file.cells()).stream()).toList());
  }

  /** Each file as one run, its forks together: of pairs, each is a whole file. */
  static Runs whole(List<Results> files) {
    return new Runs(files.stream().map(Results::cells).toList());
  }

  /** The cells of each fork; of a file without forks, all of them. */
  private static Collection<List<Cell>> forks(List<Cell> cells) {
    return cells.isEmpty() ? List.of(cells) : Trials.byFork(cells);
  }

  /** The trials of each point, run by run; a run without the point has an empty list. */
  Map<Point, List<List<Cell>>> byPoint() {
    Map<Point, List<List<Cell>>> points = new LinkedHashMap<>();
    for (int run = 0; run < runs.size(); run++) {
      for (Trials trials : Trials.of(runs.get(run))) {
        points.computeIfAbsent(trials.point(), _ -> empty()).set(run, trials.cells());
      }
    }
    return points;
  }

  private List<List<Cell>> empty() {
    List<List<Cell>> lists = new ArrayList<>();
    runs.forEach(_ -> lists.add(List.of()));
    return lists;
  }
}
