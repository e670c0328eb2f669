package dev.sockbed.server.assistant;

import dev.sockbed.common.Transport;
import java.util.Locale;

/** What the assistant is to its peers. */
public enum Mode {
  /** Listens, and takes connections. */
  TCP_SERVER(Transport.TCP),
  /** Connects to one server. */
  TCP_CLIENT(Transport.TCP),
  /** Has one socket that hears everybody and sends to anybody. */
  UDP(Transport.UDP);

  private final Transport transport;

  Mode(Transport transport) {
    this.transport = transport;
  }

  /** What it talks over. */
  public Transport transport() {
    return transport;
  }

  /** The name in flags, scripts and files: {@code tcp-server}, {@code tcp-client}, {@code udp}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a label.
   *
   * @throws IllegalArgumentException if there is no such mode
   */
  public static Mode parse(String label) {
    for (Mode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "not a mode: '" + label + "' (tcp-server, tcp-client or udp)");
  }
}
