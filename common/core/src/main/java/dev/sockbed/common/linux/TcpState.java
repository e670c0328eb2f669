package dev.sockbed.common.linux;

/**
 * Where a TCP connection is in its life: the states of RFC 9293, section 3.3.2, in Linux's order.
 */
public enum TcpState {
  /** A state that this version does not know. */
  UNKNOWN,
  /** Open in both directions. */
  ESTABLISHED,
  /** This end has asked for a connection. */
  SYN_SENT,
  /** The peer has asked for a connection. */
  SYN_RECEIVED,
  /** This end closed first, and the peer has not acknowledged that. */
  FIN_WAIT_1,
  /** This end closed first; the peer may still send. */
  FIN_WAIT_2,
  /** Both ends closed; late segments are waited for. */
  TIME_WAIT,
  /** No connection. */
  CLOSED,
  /** The peer closed first; this end may still send. */
  CLOSE_WAIT,
  /** The peer closed first, then this end, and the peer has not acknowledged that. */
  LAST_ACK,
  /** Waiting for connections. */
  LISTEN,
  /** Both ends closed at once. */
  CLOSING;

  /** The state that Linux numbers so. */
  static TcpState of(int number) {
    return number > 0 && number < values().length ? values()[number] : UNKNOWN;
  }
}
