package dev.sockbed.common.command;

/**
 * The network or the peer failed in a way that is not the failure of one socket call; ends the
 * command with {@link ExitStatus#NETWORK}.
 */
public final class NetworkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what failed.
   *
   * @param message what failed and what to do, in one line
   */
  public NetworkException(String message) {
    super(message);
  }
}
