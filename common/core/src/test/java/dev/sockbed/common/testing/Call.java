package dev.sockbed.common.testing;

import static org.awaitility.Awaitility.await;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A call made in a thread of its own, whose end a test can wait for within a bound.
 *
 * @param <T> what the call returns
 */
public final class Call<T> {
  /** No call in these tests needs longer. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);

  private final FutureTask<T> task;
  private final Thread thread;

  private Call(ThreadKind kind, Callable<T> body) {
    task = new FutureTask<>(body);
    thread = kind.start("sockbed-test-call", task);
  }

  /** Starts a call. */
  public static <T> Call<T> start(ThreadKind kind, Callable<T> body) {
    return new Call<>(kind, body);
  }

  /**
   * Waits until the call is inside a method of that name, in one of our classes: it waits there, or
   * is about to.
   */
  public Call<T> awaitInside(String method) {
    await("a call of " + method)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> isInside(method));
    return this;
  }

  private boolean isInside(String method) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame ->
            frame.getMethodName().equals(method)
                && frame.getClassName().startsWith("dev.sockbed."));
  }

  /** What it returned, once it has; throws what it threw. */
  public T result() throws Exception {
    try {
      return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception exception) {
        throw exception;
      }
      throw new AssertionError("the call failed", e.getCause());
    }
  }

  /** The error that it failed with, once it has. */
  public SocketError error() throws Exception {
    try {
      throw new AssertionError("it returned " + result() + " instead of failing");
    } catch (SocketFailure e) {
      return e.error();
    }
  }

  /** The thread that makes the call. */
  public Thread thread() {
    return thread;
  }
}
