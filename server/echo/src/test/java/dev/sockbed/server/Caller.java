package dev.sockbed.server;

import java.io.IOException;

/**
 * Somebody who uses an echo server: a socket of the JDK, so that no code of ours is at both ends.
 */
interface Caller extends AutoCloseable {
  /** Patience with a server on a busy machine. */
  int TIMEOUT_MILLIS = 20_000;

  /** Sends one message. */
  void send(byte[] message) throws IOException;

  /** Receives the echo of a message of that length; fails if there is none in time. */
  byte[] receive(int length) throws IOException;

  @Override
  void close() throws IOException;
}
