package dev.sockbed.common.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Standard input of a process that was started without one ({@code <&-}). The JVM opens its own
 * files on descriptors that are free, so descriptor 0 is then the JDK's file of modules, and a
 * command that reads its input would take that for the user's. The launcher opens an empty input
 * before the JVM starts; this is for a JVM that is started otherwise.
 */
public final class StandardInput {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private StandardInput() {}

  /**
   * Makes {@code System.in} empty if descriptor 0 is a file of the JVM's own, which is told on
   * Linux.
   */
  public static void emptyIfMissing() {
    if (isMissing()) {
      System.setIn(InputStream.nullInputStream());
    }
  }

  /** Whether descriptor 0 is a file that the JVM opened for itself. */
  public static boolean isMissing() {
    try {
      Path input = Files.readSymbolicLink(DESCRIPTORS.resolve("0"));
      Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
      // A user who really redirects that file has it open beside the JVM.
      return input.endsWith("modules") && input.equals(modules.toRealPath()) && opened(input) == 1;
    } catch (IOException e) {
      return false; // Not Linux, or there is no descriptor 0 at all.
    }
  }

  private static long opened(Path file) throws IOException {
    long count = 0;
    List<Path> descriptors;
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      descriptors = all.toList();
    }
    for (Path descriptor : descriptors) {
      // The listing's own descriptor is closed by now.
      if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(file)) {
        count++;
      }
    }
    return count;
  }
}
