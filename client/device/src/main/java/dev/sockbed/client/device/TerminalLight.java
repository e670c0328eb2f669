package dev.sockbed.client.device;

import java.util.function.Consumer;

/** A light that is a line of text: one each time it changes. */
public final class TerminalLight implements StatusLight {
  private final Consumer<String> console;
  private boolean shining;

  /**
   * A light that is off.
   *
   * @param console where its changes are told
   */
  public TerminalLight(Consumer<String> console) {
    this.console = console;
  }

  @Override
  public void on() {
    turn(true);
  }

  @Override
  public void off() {
    turn(false);
  }

  private void turn(boolean on) {
    if (on != shining) {
      shining = on;
      console.accept(on ? "light: (*) on" : "light: ( ) off");
    }
  }
}
