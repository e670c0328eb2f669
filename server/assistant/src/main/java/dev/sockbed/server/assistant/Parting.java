package dev.sockbed.server.assistant;

/** How a conversation with a peer is ended by this end. */
enum Parting {
  /** By a goodbye once all that waits was sent, however long a peer that reads takes for it. */
  AFTER_ALL_IS_SENT,
  /** By a goodbye, and all of that within two seconds. */
  SOON,
  /** By a reset, which throws away what waits. */
  RESET
}
