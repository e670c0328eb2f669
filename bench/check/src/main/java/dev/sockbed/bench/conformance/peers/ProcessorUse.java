package dev.sockbed.bench.conformance.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a program had of the processors until a moment, and how long its threads stood in line for
 * one: on a busy machine a thread that never rests is told from one that does by both.
 *
 * @param atNanos the moment, of {@link System#nanoTime}
 * @param used the processor time of all its processes
 * @param threads what each of their threads had, by its folder in /proc; none where the system does
 *     not show it
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat">/proc/PID/
 *     schedstat</a>
 */
public record ProcessorUse(long atNanos, Duration used, Map<Path, Turns> threads) {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Turns NOT_YET_BEGUN = new Turns(0, 0);

  /** Of copies, so that nobody changes them. */
  public ProcessorUse {
    threads = Map.copyOf(threads);
  }

  /**
   * What a thread had since it began.
   *
   * @param ranNanos how long it ran
   * @param waitedNanos how long it could have run and had no processor
   */
  public record Turns(long ranNanos, long waitedNanos) {
    /** Of what the system shows: both times, and how often the thread ran. */
    static Turns parse(String schedstat) {
      String[] fields = schedstat.strip().split(" ", -1);
      return new Turns(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
    }
  }

  /**
   * What a thread, or all of them, had between two moments.
   *
   * @param length the time between them
   */
  public record Stretch(Duration ran, Duration waited, Duration length) {
    /** The part that it ran of the time in which it had a processor or wanted none. */
    public double busyPart() {
      return (double) ran.toNanos() / Math.max(length.minus(waited).toNanos(), 1);
    }
  }

  static ProcessorUse of(Stream<ProcessHandle> processes) {
    List<ProcessHandle> members = processes.toList();
    Duration used =
        members.stream()
            .flatMap(member -> member.info().totalCpuDuration().stream())
            .reduce(Duration.ZERO, Duration::plus);
    Map<Path, Turns> threads = new HashMap<>();
    members.forEach(member -> addThreads(member.pid(), threads));
    return new ProcessorUse(System.nanoTime(), used, threads);
  }

  private static void addThreads(long pid, Map<Path, Turns> threads) {
    try (Stream<Path> folders = Files.list(PROCESSES.resolve(pid + "/task"))) {
      for (Path folder : folders.toList()) {
        threads.put(folder, Turns.parse(Files.readString(folder.resolve("schedstat"))));
      }
    } catch (IOException goneOrNotShown) {
      return; // Those that were read are told.
    }
  }

  /** What all had since an earlier moment, as if none of them had ever waited. */
  public Stretch since(ProcessorUse before) {
    return new Stretch(used.minus(before.used), Duration.ZERO, lengthSince(before));
  }

  /** What the thread had that rested least since an earlier moment; empty where none is shown. */
  public Optional<Stretch> busiestSince(ProcessorUse before) {
    Duration length = lengthSince(before);
    return threads.entrySet().stream()
        .map(thread -> {
          Turns earlier = before.threads.getOrDefault(thread.getKey(), NOT_YET_BEGUN);
          return stretch(earlier, thread.getValue(), length);
        })
        .max(Comparator.comparingDouble(Stretch::busyPart));
  }

  private static Stretch stretch(Turns before, Turns after, Duration length) {
    return new Stretch(
        Duration.ofNanos(after.ranNanos - before.ranNanos),
        Duration.ofNanos(after.waitedNanos - before.waitedNanos),
        length);
  }

  private Duration lengthSince(ProcessorUse before) {
    return Duration.ofNanos(atNanos - before.atNanos);
  }
}
