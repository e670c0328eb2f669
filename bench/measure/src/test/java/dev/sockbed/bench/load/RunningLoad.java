package dev.sockbed.bench.load;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run in a thread of its own, which a test ends when what it waits for has happened: how long
 * that takes is the machine's business.
 */
final class RunningLoad {
  /** For runs that end only when they are cancelled. */
  static final Stop LONG = new Stop.After(Duration.ofMinutes(10));

  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private final LoadRun run;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final CompletableFuture<LoadResult> future = new CompletableFuture<>();

  private RunningLoad(LoadPlan plan) {
    run = new LoadRun(plan, null, plan.deadline());
  }

  /** Begins. Once it is cancelled it waits for replies as long as any run does, its deadline. */
  static RunningLoad begin(LoadPlan plan) {
    RunningLoad running = new RunningLoad(plan);
    Thread.ofPlatform().daemon().start(running::run);
    return running;
  }

  private void run() {
    try {
      future.complete(
          run.run((elapsed, total, now) -> {
            sent.set(now);
            told.incrementAndGet();
          }));
    } catch (IOException | RuntimeException e) {
      future.completeExceptionally(e);
    }
  }

  void cancel() {
    run.cancel();
  }

  void awaitSent(long messages) {
    awaitThat(() -> sent.get() > messages);
  }

  /** Waits until the run has told of its progress so many times more. */
  void awaitProgress(int times) {
    long before = told.get();
    awaitThat(() -> told.get() >= before + times);
  }

  /** Waits for something that comes while the run goes on. */
  void awaitThat(Callable<Boolean> something) {
    await().atMost(PATIENCE).until(() -> something.call() || future.isDone());
  }

  LoadResult result() throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
