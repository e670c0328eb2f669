package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Linux tells of the processors in {@code /proc/cpuinfo} and below {@code /sys}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_cpuinfo.5.html">proc_cpuinfo(5)</a>
 */
final class CpuFiles {
  private static final Path GOVERNOR =
      Path.of("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

  private final Path root;

  /**
   * Reads below a directory.
   *
   * @param root {@code /}, or where copies of the files are
   */
  CpuFiles(Path root) {
    this.root = root;
  }

  static CpuFiles ofThisMachine() {
    return new CpuFiles(Path.of("/"));
  }

  Environment.Cpu cpu() {
    List<String> info = lines(Path.of("proc/cpuinfo"));
    return new Environment.Cpu(
        Runtime.getRuntime().availableProcessors(),
        value(info, "model name"),
        megahertz(info),
        isVirtual(info),
        lines(GOVERNOR).stream().findFirst().orElse(null));
  }

  private static @Nullable Double megahertz(List<String> info) {
    String value = value(info, "cpu MHz");
    return value != null && value.matches("\\d+(\\.\\d+)?") ? Double.valueOf(value) : null;
  }

  /** x86 only: the processor's flags name a hypervisor under which it runs. */
  private static @Nullable Boolean isVirtual(List<String> info) {
    String flags = value(info, "flags");
    return flags == null ? null : List.of(flags.split(" ", -1)).contains("hypervisor");
  }

  /** What follows the colon in the first line of that name. */
  private static @Nullable String value(List<String> info, String name) {
    Optional<String> first = info.stream().filter(line -> line.startsWith(name)).findFirst();
    return first.map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(null);
  }

  private List<String> lines(Path file) {
    Path path = root.resolve(file);
    if (!Files.isReadable(path)) {
      return List.of();
    }
    try {
      return Files.readAllLines(path);
    } catch (IOException unreadable) {
      return List.of(); // As good as not there.
    }
  }
}
