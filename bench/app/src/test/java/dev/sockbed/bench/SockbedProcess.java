package dev.sockbed.bench;

import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;

/** The command line as a process of its own, as a user runs it. */
public final class SockbedProcess {
  private SockbedProcess() {}

  /** Starts {@code sockbed} with arguments. */
  public static Peer start(Object... arguments) {
    return Peer.start(command(arguments));
  }

  /** Starts {@code sockbed} with arguments, as in a terminal: Ctrl-C (SIGINT) ends it. */
  public static Peer startInterruptible(Object... arguments) {
    return Peer.startInterruptible(command(arguments));
  }

  /** The command line that starts {@code sockbed} with arguments. */
  public static String[] command(Object... arguments) {
    return JavaCommand.of(JvmFlags.ALL, Sockbed.class, arguments);
  }
}
