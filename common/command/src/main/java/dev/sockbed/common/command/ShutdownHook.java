package dev.sockbed.common.command;

/** What a command does when the process ends: Ctrl-C, SIGTERM, or its own end. */
public final class ShutdownHook {
  private ShutdownHook() {}

  /**
   * Adds one, also when a signal was received so early that the process is ending already: then the
   * hook is started at once, and the process may end before it has.
   *
   * @param hook not started yet
   */
  public static void add(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException shutdownHasBegun) {
      hook.start();
    }
  }

  /** Takes it back, unless the process is ending already, where it runs. */
  public static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shutdownHasBegun) {
      return;
    }
  }
}
