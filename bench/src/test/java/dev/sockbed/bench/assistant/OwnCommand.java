package dev.sockbed.bench.assistant;

import dev.sockbed.bench.Sockbed;
import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our own commands as other processes, run from the classes under test. */
final class OwnCommand {
  private OwnCommand() {}

  /** Starts {@code ./sockbed ARGUMENTS}. */
  static Peer start(Object... arguments) {
    return Peer.start(line(arguments).toArray(String[]::new));
  }

  /** The command line that does that. */
  static List<String> line(Object... arguments) {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Sockbed.class.getName());
    return Stream.concat(java, Stream.of(arguments).map(String::valueOf)).toList();
  }
}
