package dev.sockbed.common.linux;

import org.jspecify.annotations.Nullable;

/** This process may not do what a private network needs, or the system has no such thing. */
public final class NotPermittedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotPermittedException(String what, @Nullable String why) {
    this(
        what,
        why,
        "run it as root, or under unshare -Ur, which ./sockbed does by itself where the system lets"
            + " it");
  }

  /**
   * As above.
   *
   * @param advice what can be done about it
   */
  NotPermittedException(String what, @Nullable String why, String advice) {
    super("can't " + what + ": " + why + "; " + advice);
  }
}
