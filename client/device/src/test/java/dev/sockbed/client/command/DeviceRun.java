package dev.sockbed.client.command;

import dev.sockbed.client.device.BoardTime;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs of {@code device} in this process, and what they print. */
final class DeviceRun {
  /** What a light on the terminal shows when there is no network. */
  static final String[] THREE_BLINKS = {
    "light: (*) on",
    "light: ( ) off",
    "light: (*) on",
    "light: ( ) off",
    "light: (*) on",
    "light: ( ) off"
  };

  final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/nonexistent"));
  OutputStream output = new ByteArrayOutputStream();
  final StringWriter errors = new StringWriter();

  /** Whether standard output is a terminal. */
  boolean terminal;

  /** Runs it, and gives its exit status. */
  int device(String... arguments) {
    Surroundings surroundings =
        new Surroundings(
            Path.of("/"),
            environment,
            new StandardStreams(InputStream.nullInputStream(), false, output, terminal),
            new TimeThatFlies());
    CommandLine commandLine = SockbedDevice.of(surroundings);
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(
        Stream.concat(Stream.of("device"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Sleeping takes no time. */
  private static final class TimeThatFlies implements BoardTime {
    private long slept;

    @Override
    public long nanoTime() {
      return System.nanoTime() + slept;
    }

    @Override
    public void sleep(Duration length) {
      slept += length.toNanos();
    }
  }
}
