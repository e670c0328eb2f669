package dev.sockbed.client.device;

/** The board's status light. It is off at first. */
public interface StatusLight {
  /** Is no light. */
  StatusLight NONE =
      new StatusLight() {
        @Override
        public void on() {}

        @Override
        public void off() {}
      };

  /**
   * Turns it on, or leaves it on.
   *
   * @throws MissingEquipmentException if it can't be
   */
  void on();

  /**
   * Turns it off, or leaves it off.
   *
   * @throws MissingEquipmentException if it can't be
   */
  void off();
}
