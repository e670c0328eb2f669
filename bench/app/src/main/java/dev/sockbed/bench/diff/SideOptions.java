package dev.sockbed.bench.diff;

import dev.sockbed.common.command.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads the files of both sides, with {@code --} between them. Elsewhere that ends the options;
 * here options may follow it.
 */
final class SideOptions implements IParameterPreprocessor {
  /** Stands for {@code --} while the options are read: no file has such a name. */
  private static final String BETWEEN = "\0--";

  /** The files of either side, at least one each. */
  record Sides(List<String> first, List<String> second) {}

  /** Picocli takes a {@code --} that follows an option to end the options, and drops it. */
  @Override
  public boolean preprocess(
      Stack<String> arguments,
      CommandSpec command,
      @Nullable ArgSpec argument,
      Map<String, Object> info) {
    arguments.replaceAll(each -> each.equals("--") ? BETWEEN : each);
    return false;
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
