package dev.sockbed.bench.diff;

import dev.sockbed.bench.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Whether two runs were made under the same conditions. What was measured of the machine during the
 * run (calibration) may differ, and so may the seed and where the results went; builds are what is
 * being compared.
 */
final class Likeness {
  /** Parts of the environment that tell how good the machine measured at that moment. */
  private static final Set<String> MEASURED =
      Set.of("loadAverage", "megahertz", "clock", "timer", "noise", "floor", "warnings");

  /**
   * Parts of the configuration that say nothing about what was measured; of how many trials and
   * runs there were each comparison tells itself.
   */
  private static final Set<String> ASIDE =
      Set.of("seed", "trials", "forks", "json", "ndjson", "out", "open", "quiet");

  private static final int SHOWN = 60;

  private Likeness() {}

  /** What differs, as in {@code environment.jdk (25.0.3 / 25.0.4)}; empty if nothing does. */
  static List<String> differences(Results first, Results second) {
    List<String> differences = new ArrayList<>();
    if (!first.schema().equals(second.schema())) {
      differences.add("schema (" + first.schema() + " / " + second.schema() + ")");
    }
    compare("environment", first.environment(), second.environment(), MEASURED, differences);
    compare("config", first.config(), second.config(), ASIDE, differences);
    return differences;
  }

  private static void compare(
      String place, JsonNode first, JsonNode second, Set<String> passedOver, List<String> into) {
    if (!first.isObject() || !second.isObject()) {
      if (!first.equals(second)) {
        into.add(place + " (" + shown(first) + " / " + shown(second) + ")");
      }
      return;
    }
    Set<String> keys = new TreeSet<>(first.propertyNames());
    keys.addAll(second.propertyNames());
    keys.removeAll(passedOver);
    for (String key : keys) {
      compare(place + "." + key, first.path(key), second.path(key), passedOver, into);
    }
  }

  private static String shown(JsonNode node) {
    String text = node instanceof MissingNode ? "missing" : node.asString(node.toString());
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
