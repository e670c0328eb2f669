package dev.sockbed.common.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The command line that starts a program of these tests in a JVM of its own. */
public final class JavaCommand {
  /**
   * What costs a JVM that lives for moments the least processor time: no threads of a collector,
   * and no optimizing compiler, whose work takes as long as starting does and is never won back.
   */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private JavaCommand() {}

  /**
   * Runs a class with the JVM and the class path of this process, in a JVM without the optimizing
   * compiler.
   *
   * @param options the JVM's flags
   */
  public static String[] of(List<String> options, Class<?> main, Object... arguments) {
    return optimized(
        Stream.concat(SHORT_LIVED.stream(), options.stream()).toList(), main, arguments);
  }

  /**
   * The same with all compilers: for what is promised only of code that they are done with.
   *
   * @param options the JVM's flags
   */
  public static String[] optimized(List<String> options, Class<?> main, Object... arguments) {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            options.stream(),
            Stream.of("-cp", System.getProperty("java.class.path"), main.getName()),
            Stream.of(arguments).map(String::valueOf))
        .flatMap(Function.identity())
        .toArray(String[]::new);
  }
}
