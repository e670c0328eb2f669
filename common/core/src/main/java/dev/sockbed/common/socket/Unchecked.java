package dev.sockbed.common.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Closing what has no answer to a failed close. */
final class Unchecked {
  private Unchecked() {}

  /**
   * Closes; on the systems that the JDK runs on, closing a socket reports no error that a caller
   * could act on, so one is a fault in the program.
   */
  static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
