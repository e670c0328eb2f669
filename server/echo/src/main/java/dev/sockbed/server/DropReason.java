package dev.sockbed.server;

import dev.sockbed.common.Transport;
import java.util.Locale;

/**
 * Why a server did not do what RFC 862 asks: why a connection was ended by another than its caller,
 * or a datagram was not answered.
 */
public enum DropReason {
  /** The caller sent nothing for the idle timeout; it may have vanished. */
  IDLE(Transport.TCP, "it sent nothing within the idle timeout"),
  /** The caller did not take its echo for the write timeout. */
  NOT_READING(Transport.TCP, "it did not read its echo within the write timeout"),
  /** The caller, or the network, broke the connection off (RST). */
  RESET(Transport.TCP, "it broke the connection off"),
  /** The server was stopped before the caller closed. */
  STOPPED(Transport.TCP, "the server stopped"),
  /** Any other failure of the connection. */
  CONNECTION_FAILED(Transport.TCP, "the connection failed"),

  /** The datagram came from port 0, where nobody can listen. */
  PORT_ZERO(Transport.UDP, "its source port is 0"),
  /**
   * The datagram came from a port below 1024, where services live: echo (7) and chargen (19) answer
   * an answer, and would go on for ever.
   */
  SERVICE_PORT(Transport.UDP, "its source port is below 1024"),
  /** The source address is no single machine's: multicast, broadcast or the wildcard. */
  NOT_UNICAST(Transport.UDP, "its source is not one machine"),
  /** The source is this very server. */
  OWN_ADDRESS(Transport.UDP, "its source is this server"),
  /** The source had its replies for this second. */
  RATE_LIMIT(Transport.UDP, "its source is over the reply rate"),
  /** The reply could not be sent. */
  SEND_FAILED(Transport.UDP, "the reply could not be sent"),
  /** The receive failed, with whatever it would have received. */
  RECEIVE_FAILED(Transport.UDP, "the receive failed");

  private final Transport transport;
  private final String why;

  DropReason(Transport transport, String why) {
    this.transport = transport;
    this.why = why;
  }

  /** Which transport's server drops for this reason. */
  public Transport transport() {
    return transport;
  }

  /** The reason in a few words, to be read after a caller's address. */
  public String why() {
    return why;
  }

  /** The name in totals: lower case with spaces, as in {@code rate limit}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
