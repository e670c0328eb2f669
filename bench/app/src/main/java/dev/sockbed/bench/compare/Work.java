package dev.sockbed.bench.compare;

import dev.sockbed.bench.output.StatusLine;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What makes cells.
 *
 * @param cancel ends it early; is called from another thread
 * @param grace how long it, and writing what there is, may take after that
 * @param note what there is to say of it in the end beside its cells, or null
 */
record Work(Runnable cancel, Duration grace, Supplier<@Nullable String> note, Body body) {
  /** Makes them, shows how far it is, and returns an exit status. */
  interface Body {
    int run(StatusLine status, ComparisonRun.Cells cells) throws IOException;
  }
}
