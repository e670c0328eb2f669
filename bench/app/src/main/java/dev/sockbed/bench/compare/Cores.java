package dev.sockbed.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;

/**
 * Which processors are one core that runs two threads at once: two ends on such a pair would be
 * neither on one core nor on two.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cputopology.html">CPU topology</a>
 */
final class Cores {
  private final Path root;

  /**
   * Reads below a directory.
   *
   * @param root {@code /sys/devices/system/cpu}, or a copy of it
   */
  Cores(Path root) {
    this.root = root;
  }

  /**
   * A processor beside another, if possible on another core: the highest.
   *
   * @param allowed at least two numbers, {@code processor} among them
   */
  int another(int processor, SortedSet<Integer> allowed) {
    String core = coreOf(processor);
    return allowed.reversed().stream()
        .filter(other -> other != processor && !coreOf(other).equals(core))
        .findFirst()
        .orElseGet(() ->
            allowed.reversed().stream().filter(o -> o != processor).findFirst().orElseThrow());
  }

  /** The processors of its core; just itself where that is not known. */
  private String coreOf(int processor) {
    Path siblings = root.resolve("cpu" + processor + "/topology/thread_siblings_list");
    try {
      return Files.isReadable(siblings)
          ? Files.readString(siblings).strip()
          : String.valueOf(processor);
    } catch (IOException unknown) {
      return String.valueOf(processor);
    }
  }
}
