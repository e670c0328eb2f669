package dev.sockbed.client.command;

import dev.sockbed.client.device.BoardTime;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the board's program takes from the process and its machine.
 *
 * @param root the file system's root
 * @param environment the environment variables
 * @param streams standard input and output
 * @param time the clock
 */
record Surroundings(
    Path root, Map<String, String> environment, StandardStreams streams, BoardTime time) {

  /** Those of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(
        Path.of("/"), System.getenv(), StandardStreams.ofProcess(), BoardTime.REAL);
  }
}
