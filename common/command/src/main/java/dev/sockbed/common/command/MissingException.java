package dev.sockbed.common.command;

/** Something that the command needs is not there; ends it with {@link ExitStatus#MISSING}. */
public final class MissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is missing.
   *
   * @param message what is missing and what to do, in one line
   */
  public MissingException(String message) {
    super(message);
  }
}
