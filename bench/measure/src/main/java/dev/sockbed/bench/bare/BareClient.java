package dev.sockbed.bench.bare;

import java.io.Closeable;
import java.io.IOException;

/** The least that sends a message and receives its echo, over either transport. */
public sealed interface BareClient extends Closeable permits BareTcpClient, BareUdpClient {
  /**
   * Sends one message and waits for its echo, however long that takes; closing ends the wait.
   *
   * @return how many bytes came back
   * @throws IOException if that failed
   */
  int roundTrip() throws IOException;
}
