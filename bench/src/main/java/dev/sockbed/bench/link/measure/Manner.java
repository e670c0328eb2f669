package dev.sockbed.bench.link.measure;

import dev.sockbed.common.Transport;

/** How messages are sent over a link. */
public enum Manner {
  /** A stream: the system sends again what was lost, and keeps the order. */
  TCP("tcp", Transport.TCP, 1),
  /** Datagrams, each sent once. */
  UDP("udp", Transport.UDP, 1),
  /** Datagrams that the client sends again when no answer comes; each answer counts once. */
  UDP_RETRY("udp+retry", Transport.UDP, 6);

  private final String label;
  private final Transport transport;
  private final int attempts;

  Manner(String label, Transport transport, int attempts) {
    this.label = label;
    this.transport = transport;
    this.attempts = attempts;
  }

  /** The name in cells, where a transport's stands elsewhere. */
  public String label() {
    return label;
  }

  Transport transport() {
    return transport;
  }

  /** How often a message is sent at most. */
  int attempts() {
    return attempts;
  }
}
