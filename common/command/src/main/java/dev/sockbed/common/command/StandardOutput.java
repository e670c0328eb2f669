package dev.sockbed.common.command;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can be found out about this process's standard output. */
public final class StandardOutput {
  private StandardOutput() {}

  /**
   * Why not all of it could be written, which only a further try tells. A reader that has seen
   * enough, as {@code head} has, is no fault.
   *
   * @return the system's reason, or null if it was such a reader
   */
  public static @Nullable String failure() {
    try {
      // Not closed: if standard output was closed before, descriptor 1 is the JDK's file of
      // modules.
      new FileOutputStream(FileDescriptor.out).write('\n');
    } catch (IOException e) {
      if (SocketFailure.of("write", e).error() != SocketError.RESET) { // Not EPIPE in any language.
        return String.valueOf(e.getMessage());
      }
    }
    return null;
  }
}
