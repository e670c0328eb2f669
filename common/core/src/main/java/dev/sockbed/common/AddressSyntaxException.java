package dev.sockbed.common;

/**
 * An address that is not written as one. The message shows the text, the fault and the right form.
 */
public final class AddressSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  AddressSyntaxException(String text, String fault) {
    super("bad address '" + text + "': " + fault);
  }
}
