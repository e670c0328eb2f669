package dev.sockbed.bench.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What went wrong on the connections of a run, each kind once with its number. */
final class Faults {
  /** A run with thousands of connections has no more kinds than this; others are summed up. */
  private static final int MOST_KINDS = 20;

  private static final String OTHERS = "other faults";

  private final Map<String, Long> counts = new LinkedHashMap<>();

  /** Notes a fault by its sentence. */
  synchronized void note(Exception fault) {
    note(String.valueOf(fault.getMessage()));
  }

  synchronized void note(String sentence) {
    boolean known = counts.containsKey(sentence);
    counts.merge(known || counts.size() < MOST_KINDS ? sentence : OTHERS, 1L, Long::sum);
  }

  synchronized void clear() {
    counts.clear();
  }

  /** Each sentence, with how often if that was more than once. */
  synchronized List<String> sentences() {
    return counts.entrySet().stream()
        .map(entry ->
            entry.getValue() == 1
                ? entry.getKey()
                : entry.getKey() + " (" + entry.getValue() + " times)")
        .toList();
  }
}
