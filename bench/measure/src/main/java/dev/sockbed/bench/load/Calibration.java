package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.TimesNs;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Finds out where it runs and how well can be measured there. Takes some 300 ms, in which nothing
 * else should run.
 */
public final class Calibration {
  private static final int CLOCK_READINGS = 20_000;
  private static final int CLOCK_ROUNDS = 10;
  private static final int SLEEPS = 1_000;
  private static final long SLEEP_NANOS = 100_000;
  private static final long WATCH_NANOS = Duration.ofMillis(100).toNanos();
  private static final long PAUSE_NANOS = 10_000;

  private static final long COARSE_STEP_NANOS = 1_000;
  private static final long LATE_TIMER_NANOS = Duration.ofMillis(1).toNanos();
  private static final double MUCH_LOST = 0.01;
  private static final double BUSY_SHARE = 0.5;

  private Calibration() {}

  /** Measures, in this thread. */
  public static Environment measure() {
    Environment.Cpu cpu = CpuFiles.ofThisMachine().cpu();
    double loadAverage = system().getSystemLoadAverage();
    clock(); // So that what is measured next is compiled.
    Environment.Clock clock = clock();
    TimesNs timer = TimesNs.of(timer());
    Environment.Noise noise = noise();
    return new Environment(
        new Environment.Os(system().getName(), system().getVersion(), system().getArch()),
        jvm(),
        cpu,
        loadAverage < 0 ? null : loadAverage,
        clock,
        timer,
        noise,
        warnings(cpu, loadAverage, clock, timer, noise));
  }

  private static Environment.Jvm jvm() {
    return new Environment.Jvm(
        System.getProperty("java.vm.name", ""),
        Runtime.version().toString(),
        System.getProperty("java.vendor", ""),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList(),
        Runtime.getRuntime().maxMemory());
  }

  /** The best of several rounds, since it is the clock that is asked about. */
  private static Environment.Clock clock() {
    long step = Long.MAX_VALUE;
    long cost = Long.MAX_VALUE;
    for (int round = 0; round < CLOCK_ROUNDS; round++) {
      long begin = System.nanoTime();
      long before = begin;
      for (int i = 0; i < CLOCK_READINGS; i++) {
        long now = System.nanoTime();
        if (now != before) {
          step = Math.min(step, now - before);
        }
        before = now;
      }
      cost = Math.min(cost, Math.round((before - begin) / (double) CLOCK_READINGS));
    }
    return new Environment.Clock(step, cost);
  }

  private static Histogram timer() {
    Histogram late = TimeHistogram.create();
    for (int i = 0; i < SLEEPS; i++) {
      long due = System.nanoTime() + SLEEP_NANOS;
      long now = due - SLEEP_NANOS;
      while (now - due < 0) { // A sleep may end early without a reason.
        LockSupport.parkNanos(due - now);
        now = System.nanoTime();
      }
      TimeHistogram.record(late, now - due);
    }
    return late;
  }

  private static Environment.Noise noise() {
    long longest = 0;
    long lost = 0;
    long begin = System.nanoTime();
    long before = begin;
    while (before - begin < WATCH_NANOS) {
      long now = System.nanoTime();
      long pause = now - before;
      longest = Math.max(longest, pause);
      lost += pause >= PAUSE_NANOS ? pause : 0;
      before = now;
    }
    long watched = before - begin;
    return new Environment.Noise(watched, longest, (double) lost / watched);
  }

  /** What of that is too bad to go unsaid. */
  static List<String> warnings(
      Environment.Cpu cpu,
      double loadAverage,
      Environment.Clock clock,
      TimesNs timer,
      Environment.Noise noise) {
    List<String> warnings = new ArrayList<>();
    if (loadAverage > BUSY_SHARE * cpu.processors()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "other programs are at work (load average %.1f on %d processors): times are too long",
              loadAverage,
              cpu.processors()));
    }
    if (noise.lostShare() > MUCH_LOST) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "a busy thread did not run for %s of the time: high percentiles are this machine's",
              Numbers.share(noise.lostShare())));
    }
    if (clock.stepNs() > COARSE_STEP_NANOS) {
      warnings.add("the clock goes in steps of " + clock.stepNs() + " ns: short times are rough");
    }
    Long late = timer.p90();
    if (late != null && late > LATE_TIMER_NANOS) {
      warnings.add(
          "one sleep in ten ends " + late / 1_000 + " µs late: schedules can't be kept exactly");
    }
    if ("powersave".equals(cpu.governor())) {
      warnings.add("the processor saves power (governor powersave): its speed varies");
    }
    return warnings;
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getOperatingSystemMXBean();
  }
}
