package dev.sockbed.client.device;

/** Why a conversation ended. */
public enum Ending {
  /** The assistant closed (FIN). There is no such thing over UDP. */
  CLOSED_BY_PEER("the peer closed"),
  /** As many replies were sent as were asked for. */
  ENOUGH_REPLIES("enough replies were sent"),
  /** Nothing came for as long as the receive timeout. */
  IDLE("nothing came for the idle timeout"),
  /** The program's thread was interrupted. */
  INTERRUPTED("interrupted"),
  /** What was received is no UTF-8 text, and the program, the lesson's, dies of that. */
  NOT_TEXT("what was received is no UTF-8 text, and the lesson's program dies of that"),
  /** A socket call failed: refused, reset, timed out. */
  FAILED("a call failed");

  private final String reason;

  Ending(String reason) {
    this.reason = reason;
  }

  /** In a few words for a person. */
  public String reason() {
    return reason;
  }

  /** Whether this end decided, in peace: then the peer is owed a proper close. */
  boolean isOurs() {
    return this == ENOUGH_REPLIES || this == IDLE;
  }
}
