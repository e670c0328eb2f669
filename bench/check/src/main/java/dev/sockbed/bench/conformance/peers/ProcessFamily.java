package dev.sockbed.bench.conformance.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that was started, and all that came of it: its children, theirs, and those whose parent
 * has ended, as a daemon's. Such orphans are known by a mark in the environment that they inherit,
 * where the system shows it: in Linux's /proc. Elsewhere only those with a living parent are found.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html">proc_pid_environ(5)</a>
 */
final class ProcessFamily {
  private static final Path PROCESSES = Path.of("/proc");
  private static final int LARGEST_ENVIRONMENT = 1 << 20;
  private static final Duration LAST_MOMENT = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private static final OrphanGuard GUARD = new OrphanGuard(newMark("SOCKBED_CHECKER_"));

  private final Process first;
  private final String mark;

  private ProcessFamily(Process first, String mark) {
    this.first = first;
    this.mark = mark;
  }

  /**
   * Starts the first process.
   *
   * @throws IOException if the system can't
   */
  static ProcessFamily start(ProcessBuilder builder) throws IOException {
    // In the name and not in the value: a checker inside of what is judged adds a mark of its own.
    String name = newMark("SOCKBED_CHECK_");
    builder.environment().put(name, "1");
    GUARD.mark(builder.environment());
    return new ProcessFamily(builder.start(), name + "=1");
  }

  private static String newMark(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
  }

  Process first() {
    return first;
  }

  /** What those that live had of the processors. */
  ProcessorUse processorUse() {
    return ProcessorUse.of(living().stream());
  }

  /** Ends them all, and waits until they are gone, unless the system can't end one. */
  void kill() {
    long deadline = System.nanoTime() + LAST_MOMENT.toNanos();
    Set<ProcessHandle> left = living();
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      left = living(); // One of them may have started another just before.
    }
  }

  private Set<ProcessHandle> living() {
    Stream<ProcessHandle> own = first.isAlive() ? Stream.of(first.toHandle()) : Stream.empty();
    Stream<ProcessHandle> marked =
        Files.isDirectory(PROCESSES)
            ? ProcessHandle.allProcesses().filter(this::isMarked)
            : Stream.empty();
    return Stream.of(own, first.descendants(), marked)
        .flatMap(members -> members)
        .collect(Collectors.toSet());
  }

  private boolean isMarked(ProcessHandle process) {
    Path environment = PROCESSES.resolve(process.pid() + "/environ");
    try (InputStream stream = Files.newInputStream(environment)) {
      byte[] bytes = stream.readNBytes(LARGEST_ENVIRONMENT);
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException goneOrSomebodyElses) {
      return false; // Ours can be read as long as they live.
    }
  }
}
