package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptionTest {

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalCancelsTheWorkAndWaitsUntilItsEndWasTold(String signal, int status) throws Exception {
    Process process = start("tells");
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("working");
      signal(process, signal);
      assertThat(output.readLine()).isEqualTo("cancelled");
      assertThat(output.readLine()).isEqualTo("told, interrupted: true");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(status);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void workThatDoesNotEndIsWaitedForWithinABound() throws Exception {
    Process process = start("hangs");
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("working");
      signal(process, "TERM");
      assertThat(output.readLine()).isEqualTo("cancelled");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void workThatEndsByItselfIsNotInterrupted() {
    Runnable cancel =
        () -> {
          throw new AssertionError("nobody sent a signal");
        };
    try (Interruption interruption = Interruption.watch(cancel, Duration.ofSeconds(2))) {
      assertThat(interruption.interrupted()).isFalse();
    }
  }

  private static Process start(String ending) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            ending)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void signal(Process process, String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Works until it is cancelled. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      boolean hangs = arguments[0].equals("hangs");
      CountDownLatch cancelled = new CountDownLatch(1);
      Runnable cancel =
          () -> {
            System.out.println("cancelled");
            cancelled.countDown();
          };
      Duration grace = hangs ? Duration.ofMillis(100) : Duration.ofSeconds(20);
      try (Interruption interruption = Interruption.watch(cancel, grace)) {
        System.out.println("working");
        cancelled.await();
        if (hangs) {
          new CountDownLatch(1).await();
        }
        System.out.println("told, interrupted: " + interruption.interrupted());
      }
    }
  }
}
