package dev.sockbed.client.device;

/** The network could not be joined. The message says why, and what to do. */
public final class LinkDownException extends Exception {
  private static final long serialVersionUID = 1;

  LinkDownException(String message) {
    super(message);
  }
}
