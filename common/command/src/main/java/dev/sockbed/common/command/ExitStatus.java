package dev.sockbed.common.command;

import dev.sockbed.common.SocketError;

/** What a command's exit status says. */
public final class ExitStatus {
  /** Done and good. */
  public static final int OK = 0;

  /** Done, and the answer is bad: a MUST failed, a rate was missed, a slow-down was found. */
  public static final int BAD_ANSWER = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** The network or the peer failed. */
  public static final int NETWORK = 3;

  /** Something needed is missing: a permission, a program, Linux. */
  public static final int MISSING = 4;

  /** Done, but the answer can't be told, and {@code --strict} was asked for. */
  public static final int CANT_TELL = 5;

  /**
   * A fault in the program itself, told by a stack trace: {@code EX_SOFTWARE}. Not 1, which is an
   * answer.
   */
  public static final int FAULT = 70;

  /** Interrupted by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}

  /** The status that a socket's error ends a command with. */
  public static int of(SocketError error) {
    return error == SocketError.PERMISSION_DENIED ? MISSING : NETWORK;
  }
}
