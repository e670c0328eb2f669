package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("process")
class InterruptionTest {

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalCancelsTheWorkAndWaitsUntilItsEndWasTold(String signal, int status) throws Exception {
    try (Peer program = start("tells")) {
      program.awaitOutput("working");

      program.signal(signal);

      assertThat(program.awaitExit()).isEqualTo(status);
      assertThat(program.output().lines())
          .containsExactly("working", "cancelled", "told, interrupted: true");
    }
  }

  @Test
  void workThatDoesNotEndIsWaitedForWithinABound() throws Exception {
    try (Peer program = start("hangs")) {
      program.awaitOutput("working");

      program.signal("TERM");

      assertThat(program.awaitExit()).isEqualTo(143);
      assertThat(program.output().lines()).containsExactly("working", "cancelled");
    }
  }

  @Test
  void aSignalThatWasReceivedBeforeTheWorkBeganCancelsItToo() {
    try (Peer program = Peer.start(JavaCommand.of(List.of(), Late.class))) {
      assertThat(program.awaitExit()).as(program.errors()).isEqualTo(143);
      assertThat(program.output().lines()).containsExactly("cancelled, interrupted: true");
      assertThat(program.errors()).isEmpty();
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

  private static Peer start(String ending) {
    return Peer.startInterruptible(JavaCommand.of(List.of(), Program.class, ending));
  }

  /** Begins its work when the process is ending already. */
  static final class Late {
    private Late() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch ending = new CountDownLatch(1);
      CountDownLatch told = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(() -> {
                    ending.countDown();
                    await(told);
                  }));
      Thread.ofPlatform().daemon().start(() -> System.exit(143));
      ending.await();
      CountDownLatch cancelled = new CountDownLatch(1);
      try (Interruption interruption =
          Interruption.watch(cancelled::countDown, Duration.ofSeconds(20))) {
        cancelled.await();
        System.out.println("cancelled, interrupted: " + interruption.interrupted());
      } finally {
        told.countDown();
      }
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
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
