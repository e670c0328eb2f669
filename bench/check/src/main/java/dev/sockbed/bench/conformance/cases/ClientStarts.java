package dev.sockbed.bench.conformance.cases;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How often a UDP client was heard when it was started, in all cases together. What a client does
 * first does not depend on the case: one that is heard in some and not in others has been lost on
 * the way, and so may be what it is sent.
 */
public final class ClientStarts {
  private final AtomicInteger heard = new AtomicInteger();
  private final AtomicInteger missed = new AtomicInteger();

  /** Its first datagram has come. */
  void hear() {
    heard.incrementAndGet();
  }

  /** It has ended, and nothing came. */
  void miss() {
    missed.incrementAndGet();
  }

  /** Whether it ever was. */
  boolean isSome() {
    return heard.get() > 0;
  }

  /** Why what fails may be the network's doing, in words that follow "but"; null if it may not. */
  @Nullable String doubt() {
    int silent = missed.get();
    return silent == 0 || !isSome()
        ? null
        : "%d of %d times that it was started nothing came: the network loses too much"
            .formatted(silent, silent + heard.get());
  }
}
