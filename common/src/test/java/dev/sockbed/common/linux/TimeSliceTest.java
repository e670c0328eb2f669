package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
class TimeSliceTest {
  private static final int MAJOR = 6;
  private static final int MINOR = 12;

  @Test
  void aThreadGetsShorterTurnsAndOthersKeepTheirs() throws Exception {
    assumeThat(sinceLinux(MAJOR, MINOR)).isTrue();
    long before = TimeSlice.nanos();

    long after =
        onItsOwnThread(() -> {
          assertThat(TimeSlice.shorten()).isTrue();
          return TimeSlice.nanos();
        });

    assertThat(after).isEqualTo(TimeSlice.SHORTEST_NANOS).isLessThan(before);
    assertThat(TimeSlice.nanos()).isEqualTo(before);
  }

  @Test
  void aVirtualThreadIsLeftAlone() throws Exception {
    FutureTask<Boolean> shortened = new FutureTask<>(TimeSlice::shorten);

    Thread.ofVirtual().start(shortened);

    assertThat(shortened.get()).isFalse();
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
