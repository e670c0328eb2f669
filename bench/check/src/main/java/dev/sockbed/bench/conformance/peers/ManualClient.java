package dev.sockbed.bench.conformance.peers;

import dev.sockbed.common.Address;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that somebody else starts, such as a board on a desk. Only the wire can be seen. */
public final class ManualClient implements Subject {
  private final Consumer<String> notes;

  /**
   * A client to come.
   *
   * @param notes where it is said that a client is waited for
   */
  public ManualClient(Consumer<String> notes) {
    this.notes = notes;
  }

  @Override
  public Running start(Address server) {
    notes.accept("waiting for a client at " + server + ": start it, or start it again");
    return new Unseen();
  }

  @Override
  public boolean goesWhereItIsTold() {
    return false;
  }

  @Override
  public boolean endsVisibly() {
    return false;
  }

  private static final class Unseen implements Running {
    @Override
    public @Nullable Integer awaitExit(Duration within) {
      return null;
    }

    @Override
    public void close() {
      // Whoever started it ends it.
    }
  }
}
