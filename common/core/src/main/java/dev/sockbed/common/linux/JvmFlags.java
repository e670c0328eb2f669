package dev.sockbed.common.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * What a JVM is to be started with to make this room's calls, and to make them without garbage. The
 * flags stand in {@code jvm.args}, each with its reason, and nowhere else: the launcher and the
 * tests read that file as an argument file of the {@code java} command.
 */
public final class JvmFlags {
  private static final String FILE = "jvm.args";

  /** All of them, in the file's order. */
  public static final List<String> ALL = read();

  private JvmFlags() {}

  private static List<String> read() {
    try (InputStream file = JvmFlags.class.getResourceAsStream(FILE)) {
      byte[] text = Objects.requireNonNull(file, FILE).readAllBytes();
      return new String(text, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
