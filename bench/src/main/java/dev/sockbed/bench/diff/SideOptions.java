package dev.sockbed.bench.diff;

import dev.sockbed.common.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads the files of both sides, with {@code --} between them. Elsewhere that ends the options;
 * here options may follow it.
 */
final class SideOptions implements IParameterConsumer {
  private static final String BETWEEN = "--";

  /** The files of either side, at least one each. */
  record Sides(List<String> first, List<String> second) {}

  @Override
  public void consumeParameters(Stack<String> arguments, ArgSpec argument, CommandSpec command) {
    List<String> files = new ArrayList<>();
    List<String> before = argument.getValue();
    if (before != null) {
      files.addAll(before);
    }
    while (!arguments.isEmpty() && isFile(arguments.peek())) {
      files.add(arguments.pop());
    }
    argument.setValue(files);
  }

  private static boolean isFile(String argument) {
    return argument.equals(BETWEEN) || !argument.startsWith("-");
  }

  /**
   * Divides what was read.
   *
   * @throws UsageException if it is neither two files nor two sides
   */
  static Sides sides(List<String> files) {
    int between = files.indexOf(BETWEEN);
    if (between < 0) {
      if (files.size() != 2) {
        throw new UsageException(
            files.size() < 2
                ? "a second run is missing: two files are compared"
                : "with more than two files put -- between the first side's and the second's");
      }
      return new Sides(files.subList(0, 1), files.subList(1, 2));
    }
    List<String> first = List.copyOf(files.subList(0, between));
    List<String> second = List.copyOf(files.subList(between + 1, files.size()));
    if (first.isEmpty() || second.isEmpty() || second.contains(BETWEEN)) {
      throw new UsageException("-- stands once, with at least one file on either side of it");
    }
    return new Sides(first, second);
  }
}
