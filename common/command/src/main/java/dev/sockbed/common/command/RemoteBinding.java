package dev.sockbed.common.command;

import java.io.PrintWriter;
import java.net.InetAddress;

/** The rule that servers listen on loopback unless told otherwise. */
public final class RemoteBinding {
  private RemoteBinding() {}

  /**
   * Lets a loopback address pass, and any other only when that was allowed, saying what it exposes.
   *
   * @param local the address to listen on
   * @param allowed whether {@code --allow-remote} was given
   * @param what what is being exposed, as in {@code echo servers}
   * @param warnings where to say so
   * @throws UsageException if it is another address and was not allowed
   */
  public static void check(InetAddress local, boolean allowed, String what, PrintWriter warnings) {
    if (local.isLoopbackAddress()) {
      return;
    }
    String shown = local.getHostAddress();
    if (!allowed) {
      throw new UsageException(
          shown + " can be reached from other machines; add --allow-remote if you mean that");
    }
    String who = local.isAnyLocalAddress() ? "on every interface of this machine" : "at " + shown;
    warnings.println("warning: " + what + " " + who + " can be used by anyone who can reach them");
    warnings.flush();
  }
}
