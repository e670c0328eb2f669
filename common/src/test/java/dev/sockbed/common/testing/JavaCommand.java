package dev.sockbed.common.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The command line that starts a program of these tests in a JVM of its own. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * Runs a class with the JVM and the class path of this process.
   *
   * @param options the JVM's flags
   */
  public static String[] of(List<String> options, Class<?> main, Object... arguments) {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            options.stream(),
            Stream.of("-cp", System.getProperty("java.class.path"), main.getName()),
            Stream.of(arguments).map(String::valueOf))
        .flatMap(Function.identity())
        .toArray(String[]::new);
  }
}
