package dev.sockbed.bench;

import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The command line as a process of its own, as a user runs it. */
public final class SockbedProcess {
  private SockbedProcess() {}

  /** Starts {@code sockbed} with arguments. */
  public static Peer start(Object... arguments) {
    return Peer.start(command(arguments));
  }

  /** Starts {@code sockbed} with arguments, as in a terminal: Ctrl-C (SIGINT) ends it. */
  public static Peer startInterruptible(Object... arguments) {
    return Peer.startInterruptible(command(arguments));
  }

  /** Starts {@code sockbed} with arguments, without the flag that native calls need. */
  public static Peer startWithoutNativeAccess(Object... arguments) {
    return Peer.start(command(List.of(), arguments));
  }

  /** The command line that starts {@code sockbed} with arguments. */
  public static String[] command(Object... arguments) {
    return command(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"),
        arguments);
  }

  private static String[] command(List<String> options, Object... arguments) {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC");
    Stream<String> program =
        Stream.of("-cp", System.getProperty("java.class.path"), Sockbed.class.getName());
    return Stream.of(java, options.stream(), program, Stream.of(arguments).map(String::valueOf))
        .flatMap(Function.identity())
        .toArray(String[]::new);
  }
}
