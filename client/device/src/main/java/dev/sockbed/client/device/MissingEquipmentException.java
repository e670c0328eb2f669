package dev.sockbed.client.device;

/** A light, a permission or a program that the board needs is not there; the message says which. */
public final class MissingEquipmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingEquipmentException(String message) {
    super(message);
  }
}
