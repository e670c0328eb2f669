package dev.sockbed.bench.conformance.peers;

import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.common.Address;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client that is judged: how it comes to connect, and what can be seen of it beside the wire. */
public interface Subject {

  /**
   * Makes it connect to that address, now or soon.
   *
   * @throws Undecided if it can't be started this time
   */
  Running start(Address server) throws Undecided;

  /** Whether it connects to the address that it is given, and not to one that it knows. */
  boolean goesWhereItIsTold();

  /** Whether its end and its exit status can be seen. */
  boolean endsVisibly();

  /** One run of it. */
  interface Running extends AutoCloseable {

    /**
     * Waits until it has ended.
     *
     * @return its exit status, or null if it still runs, or its end can't be seen
     */
    @Nullable Integer awaitExit(Duration within) throws InterruptedException;

    /** The last that it printed, in one line; empty if that is nothing or can't be seen. */
    default String lastWords() {
      return "";
    }

    /** What it had of the processors, or null if that can't be seen. */
    default @Nullable ProcessorUse processorUse() {
      return null;
    }

    /** Ends it, at once. */
    @Override
    void close();
  }
}
