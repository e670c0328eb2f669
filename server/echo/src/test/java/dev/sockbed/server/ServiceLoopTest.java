package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("unit")
@Timeout(40)
class ServiceLoopTest {
  private final SocketFailure closed = new SocketFailure(SocketError.CLOSED, "accept", null);

  private final List<Throwable> told = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  @Test
  void noFailureOfAStepEndsTheServiceButItsClosing() {
    List<Throwable> failures =
        List.of(
            new SocketFailure(SocketError.OUT_OF_RESOURCES, "accept", null),
            new OutOfMemoryError("planted"),
            new IllegalStateException("planted"),
            new NoClassDefFoundError("planted"));
    Deque<Throwable> ahead = new ArrayDeque<>(failures);
    ahead.add(closed);

    new ServiceLoop(() -> fail(ahead.remove()), told::add, stopping).run();

    assertThat(told).isEqualTo(failures);
    assertThat(ahead).isEmpty();
  }

  @Test
  void aFailureThatCannotEvenBeToldDoesNotEndIt() {
    Deque<Throwable> ahead = new ArrayDeque<>(List.of(new OutOfMemoryError("planted"), closed));

    new ServiceLoop(
            () -> fail(ahead.remove()),
            e -> {
              told.add(e);
              throw new OutOfMemoryError("planted too");
            },
            stopping)
        .run();

    assertThat(told).hasSize(1);
    assertThat(ahead).isEmpty();
  }

  private static void fail(Throwable with) throws SocketFailure {
    switch (with) {
      case SocketFailure e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(with);
    }
  }
}
