package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
@Tag("process")
class SchedulingPriorityTest {
  private static final int MAJOR = 6;
  private static final int MINOR = 12;

  @Test
  void aThreadGetsShorterTurnsAndOthersKeepTheirs() throws Exception {
    assumeThat(sinceLinux(MAJOR, MINOR)).isTrue();
    long before = SchedulingPriority.turnNanos();

    long after =
        onItsOwnThread(() -> {
          assertThat(SchedulingPriority.take()).isTrue();
          return SchedulingPriority.turnNanos();
        });

    assertThat(after).isEqualTo(SchedulingPriority.TURN_NANOS).isLessThan(before);
    assertThat(SchedulingPriority.turnNanos()).isEqualTo(before);
  }

  @Test
  void aThreadGetsTheLargerPartWhereTheSystemLetsUs() throws Exception {
    assumeThat(sinceLinux(MAJOR, MINOR)).isTrue();
    int before = SchedulingPriority.nice();

    long after =
        onItsOwnThread(() -> {
          assertThat(SchedulingPriority.take()).isTrue();
          return (long) SchedulingPriority.nice();
        });

    assertThat(after).isEqualTo(mayBeLessNice(before) ? SchedulingPriority.NICE : before);
    assertThat(SchedulingPriority.nice()).isEqualTo(before);
  }

  @Test
  void aThreadIsARealTimeOneWhereTheSystemLetsUs() throws Exception {
    assumeThat(succeeds("chrt", "--fifo", "1", "true")).isTrue();

    long priority =
        onItsOwnThread(() -> {
          assertThat(SchedulingPriority.takeRealTime()).isTrue();
          return (long) SchedulingPriority.realTimePriority();
        });

    assertThat(priority).isEqualTo(SchedulingPriority.REAL_TIME_PRIORITY);
    assertThat(SchedulingPriority.realTimePriority()).isZero();
  }

  @Test
  void whatARealTimeThreadStartsIsAUsualOne() throws Exception {
    long priority =
        onItsOwnThread(() -> {
          assertThat(SchedulingPriority.takeRealTime()).isTrue();
          return onItsOwnThread(() -> (long) SchedulingPriority.realTimePriority());
        });

    assertThat(priority).isZero();
  }

  @Test
  void aVirtualThreadIsLeftAlone() throws Exception {
    FutureTask<Boolean> shortened = new FutureTask<>(SchedulingPriority::takeRealTime);

    Thread.ofVirtual().start(shortened);

    assertThat(shortened.get()).isFalse();
  }

  /** The program {@code nice} tries, and prints how nice it was in the end. */
  private static boolean mayBeLessNice(int before) throws IOException {
    Process nice = new ProcessBuilder("nice", "-n", "-5", "nice").start();
    try (BufferedReader output = nice.inputReader()) {
      return Integer.parseInt(output.readLine()) < before;
    }
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static long onItsOwnThread(Callable<Long> work)
      throws InterruptedException, ExecutionException {
    FutureTask<Long> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task.get();
  }

  private static boolean sinceLinux(int major, int minor) {
    String[] version = System.getProperty("os.version").split("[.-]", -1);
    int ours = Integer.parseInt(version[0]);
    return ours > major || (ours == major && Integer.parseInt(version[1]) >= minor);
  }
}
