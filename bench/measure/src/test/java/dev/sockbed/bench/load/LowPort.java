package dev.sockbed.bench.load;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * Picks ports below those that the system gives to whoever asks for any: while a server has
 * stopped, no other socket gets its port, not even one that connects to it.
 */
final class LowPort {
  private static final int FIRST = 24_000;
  private static final int END = 32_000;

  private LowPort() {}

  /**
   * Listens on a free one.
   *
   * @param listen listens on a port, and returns it
   */
  static int listen(IntUnaryOperator listen) {
    while (true) {
      try {
        return listen.applyAsInt(ThreadLocalRandom.current().nextInt(FIRST, END));
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof BindException)) {
          throw e;
        }
      }
    }
  }
}
