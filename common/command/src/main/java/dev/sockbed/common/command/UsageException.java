package dev.sockbed.common.command;

/**
 * A command line that parses but makes no sense: contradictory flags, a file that can't be written;
 * ends the command with {@link ExitStatus#USAGE}.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message what is wrong and what to do, in one line
   */
  public UsageException(String message) {
    super(message);
  }
}
