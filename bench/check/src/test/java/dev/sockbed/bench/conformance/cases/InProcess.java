package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.peers.Subject;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client that is a method of this process; what it returns stands for its exit status. */
public final class InProcess implements Subject {
  private final ThreadKind threads;
  private final Client client;

  /** What the client does. */
  @FunctionalInterface
  public interface Client {
    /** Talks to a server; an exception stands for exit status 1. */
    int talkTo(Address server) throws Exception;
  }

  /** A client that runs in threads of that kind. */
  public InProcess(ThreadKind threads, Client client) {
    this.threads = threads;
    this.client = client;
  }

  @Override
  public Running start(Address server) {
    FutureTask<Integer> task = new FutureTask<>(() -> client.talkTo(server));
    return new Run(task, threads.start("sockbed-test-client", task));
  }

  @Override
  public boolean goesWhereItIsTold() {
    return true;
  }

  @Override
  public boolean endsVisibly() {
    return true;
  }

  private record Run(FutureTask<Integer> task, Thread thread) implements Running {
    @Override
    public @Nullable Integer awaitExit(Duration within) throws InterruptedException {
      try {
        return task.get(within.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return null;
      } catch (ExecutionException | CancellationException e) {
        return 1;
      }
    }

    @Override
    public String lastWords() {
      return task.state() == FutureTask.State.FAILED ? task.exceptionNow().toString() : "";
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
