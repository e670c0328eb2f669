package dev.sockbed.bench.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run took place: the machine, the system, the JVM, and how good they are at measuring, as
 * found out just before. What could not be found out is null.
 *
 * @param os the operating system
 * @param jvm the Java virtual machine of the client
 * @param cpu the processors
 * @param loadAverage how many threads wanted to run, on average over the last minute
 * @param clock the clock that all times are taken from
 * @param timer how late a thread wakes that asked to wake at a certain time, over many tries
 * @param noise what else the processor did meanwhile
 * @param warnings what makes this machine a bad one to measure on, in sentences
 */
public record Environment(
    Os os,
    Jvm jvm,
    Cpu cpu,
    @Nullable Double loadAverage,
    Clock clock,
    TimesNs timer,
    Noise noise,
    List<String> warnings) {

  /** Copies the list, so that the environment stays as it is. */
  public Environment {
    warnings = List.copyOf(warnings);
  }

  /** The same with one more warning, in a sentence. */
  public Environment withWarning(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Environment(os, jvm, cpu, loadAverage, clock, timer, noise, more);
  }

  /**
   * The operating system, as it calls itself.
   *
   * @param name as in {@code Linux}
   * @param version as in {@code 6.18.44}
   * @param architecture as in {@code amd64}
   */
  public record Os(String name, String version, String architecture) {}

  /**
   * The Java virtual machine.
   *
   * @param name as in {@code OpenJDK 64-Bit Server VM}
   * @param version as in {@code 25.0.3+9-LTS}
   * @param vendor who built it
   * @param collectors the garbage collectors
   * @param maxHeapBytes the most memory that it takes for objects
   */
  public record Jvm(
      String name, String version, String vendor, List<String> collectors, long maxHeapBytes) {
    /** Copies the list, so that the values stay as they are. */
    public Jvm {
      collectors = List.copyOf(collectors);
    }
  }

  /**
   * The processors.
   *
   * @param processors how many the JVM may use
   * @param model what the processor calls itself
   * @param megahertz its frequency at that moment
   * @param virtual whether it is a virtual machine's, as far as the processor tells
   * @param governor what sets its frequency, as in {@code performance}
   */
  public record Cpu(
      int processors,
      @Nullable String model,
      @Nullable Double megahertz,
      @Nullable Boolean virtual,
      @Nullable String governor) {}

  /**
   * {@code System.nanoTime}.
   *
   * @param stepNs the smallest difference between two readings
   * @param costNs what one reading takes, on average
   */
  public record Clock(long stepNs, long costNs) {}

  /**
   * What a thread that never waits found missing: time in which it did not run.
   *
   * @param watchedNs for how long it looked
   * @param longestPauseNs the longest time in which it did not run
   * @param lostShare the part of the time that it lost in pauses of 10 µs or more, 0 to 1
   */
  public record Noise(long watchedNs, long longestPauseNs, double lostShare) {
    /**
     * @throws IllegalArgumentException if the share is not a number from 0 to 1
     */
    public Noise {
      if (!(lostShare >= 0 && lostShare <= 1)) {
        throw new IllegalArgumentException("a share must be 0 to 1, not " + lostShare);
      }
    }
  }
}
