package dev.sockbed.server.assistant;

import dev.sockbed.common.SocketFailure;

/** Something that was asked of the assistant could not be done. Its message is for the person. */
public final class AssistantException extends Exception {
  private static final long serialVersionUID = 1;

  private final Fault fault;

  /**
   * Says what is wrong.
   *
   * @param fault which kind of thing
   * @param message what is wrong and what to do, in one line
   */
  public AssistantException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** A socket call that failed; keeps its message. */
  AssistantException(SocketFailure cause) {
    super(cause.getMessage(), cause);
    this.fault = Fault.NETWORK;
  }

  /** What kind of thing is wrong. */
  public Fault fault() {
    return fault;
  }

  /** The message, which is always there. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
