package dev.sockbed.server.assistant;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whom something is for.
 *
 * @param everybody whether it is for all that are there at that moment
 * @param numbers otherwise, the peers' numbers
 */
public record Target(boolean everybody, Set<Integer> numbers) {
  /** All that are there. */
  public static final Target ALL = new Target(true, Set.of());

  /** Some, by their numbers. */
  public static Target of(Integer... numbers) {
    return new Target(false, Set.of(numbers));
  }

  /**
   * Reads {@code all} or {@code 1,3,4}.
   *
   * @throws AssistantException if it is neither
   */
  public static Target parse(String text) throws AssistantException {
    if (text.equals("all")) {
      return ALL;
    }
    if (!isList(text)) {
      throw new AssistantException(
          Fault.BAD_INPUT, "'" + text + "' names no peers (write all, or numbers as in 1,3)");
    }
    Set<Integer> numbers = new TreeSet<>();
    for (String number : text.split(",", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    return new Target(false, numbers);
  }

  /** Whether that is a list of numbers, as in {@code 1,3,4}. */
  public static boolean isList(String text) {
    return Arrays.stream(text.split(",", -1)).allMatch(number -> number.matches("\\d{1,9}"));
  }

  @Override
  public String toString() {
    return everybody
        ? "all"
        : numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }
}
