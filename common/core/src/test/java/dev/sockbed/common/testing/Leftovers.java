package dev.sockbed.common.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a test left behind: platform threads of ours and open sockets of this process. Taken
 * before the test, asked after it.
 */
public final class Leftovers {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static {
    // The first channel makes the JDK open a socket of its own, which it keeps.
    try {
      DatagramChannel.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final Set<Thread> threadsBefore = threads();
  private final long socketsBefore = sockets();

  private Leftovers() {}

  /** Remembers what is there now. */
  public static Leftovers lookNow() {
    return new Leftovers();
  }

  /** Waits, within a bound, until nothing is there that was not there before. */
  public void assertNone() {
    await("threads and sockets to go away")
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> {
          assertThat(threads()).isSubsetOf(threadsBefore);
          assertThat(sockets()).isLessThanOrEqualTo(socketsBefore);
        });
  }

  /** Our threads but the watchdog's, which lives as long as the process. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("sockbed-"))
        .filter(thread -> !thread.getName().equals("sockbed-watchdog"))
        .collect(Collectors.toSet());
  }

  /** Open sockets of this process; always 0 where there is no /proc. */
  private static long sockets() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors.filter(Leftovers::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (NoSuchFileException closedMeanwhile) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
