package dev.sockbed.bench.peers;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;

/**
 * What is exchanged, and how.
 *
 * @param payload bytes a message
 * @param waiting how both ends wait
 * @param io how many messages a system call carries; plain also means receives of one message
 * @param connections sockets of the client
 * @param window messages under way on each
 */
record Setting(
    Transport transport,
    int payload,
    WaitStrategy waiting,
    IoMode io,
    int connections,
    int window) {

  /** How many messages one round has. */
  int messages() {
    return connections * window;
  }

  @Override
  public String toString() {
    return "%s, %d B, %s, %s, %d x %d"
        .formatted(transport.scheme(), payload, waiting, io.label(), connections, window);
  }
}
