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
class PrecedenceTest {
  private static final int MAJOR = 6;
  private static final int MINOR = 12;

  @Test
  void aThreadGetsShorterTurnsAndOthersKeepTheirs() throws Exception {
    assumeThat(sinceLinux(MAJOR, MINOR)).isTrue();
    long before = Precedence.turnNanos();

    long after =
        onItsOwnThread(() -> {
          assertThat(Precedence.take()).isTrue();
          return Precedence.turnNanos();
        });

    assertThat(after).isEqualTo(Precedence.TURN_NANOS).isLessThan(before);
    assertThat(Precedence.turnNanos()).isEqualTo(before);
  }

  @Test
  void aThreadGetsTheLargerPartWhereTheSystemLetsUs() throws Exception {
    assumeThat(sinceLinux(MAJOR, MINOR)).isTrue();
    int before = Precedence.nice();

    long after =
        onItsOwnThread(() -> {
          assertThat(Precedence.take()).isTrue();
          return (long) Precedence.nice();
        });

    assertThat(after).isEqualTo(mayBeLessNice(before) ? Precedence.NICE : before);
    assertThat(Precedence.nice()).isEqualTo(before);
  }

  @Test
  void aThreadIsARealTimeOneWhereTheSystemLetsUs() throws Exception {
    assumeThat(succeeds("chrt", "--fifo", "1", "true")).isTrue();

    long priority =
        onItsOwnThread(() -> {
          assertThat(Precedence.takeRealTime()).isTrue();
          return (long) Precedence.realTimePriority();
        });

    assertThat(priority).isEqualTo(Precedence.REAL_TIME_PRIORITY);
    assertThat(Precedence.realTimePriority()).isZero();
  }

  @Test
  void whatARealTimeThreadStartsIsAUsualOne() throws Exception {
    long priority =
        onItsOwnThread(() -> {
          assertThat(Precedence.takeRealTime()).isTrue();
          return onItsOwnThread(() -> (long) Precedence.realTimePriority());
        });

    assertThat(priority).isZero();
  }

  @Test
  void aVirtualThreadIsLeftAlone() throws Exception {
    FutureTask<Boolean> shortened = new FutureTask<>(Precedence::takeRealTime);

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
