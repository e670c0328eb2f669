package dev.sockbed.bench.peers;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import java.util.ArrayList;
import java.util.List;

/**
 * What is exchanged, and how.
 *
 * @param payload bytes a message
 * @param waiting how both ends wait
 * @param io how many messages a system call carries; plain also means receives of one message
 * @param connections sockets of the client
 * @param window messages under way on each
 * @param placement where the ends run
 */
record Setting(
    Transport transport,
    int payload,
    WaitStrategy waiting,
    IoMode io,
    int connections,
    int window,
    Placement placement) {

  /** A window that keeps both ends at work. */
  static final int SOME = 64;

  private static final int MANY_CONNECTIONS = 16;

  /** All that is measured for a size of messages. */
  static List<Setting> matrix(Transport transport, int payload) {
    List<Setting> settings = new ArrayList<>();
    for (int connections : new int[] {1, MANY_CONNECTIONS}) {
      settings.add(blocking(transport, payload, connections, 1));
      settings.add(blocking(transport, payload, connections, SOME));
      // Over TCP each connection is a thread's, and so many that never sleep have no processors.
      if (connections == 1 || transport == Transport.UDP) {
        settings.add(spinning(transport, payload, connections));
      }
    }
    Setting many = blocking(transport, payload, 1, large(transport));
    settings.add(blocking(transport, payload, 1, 1).apart());
    settings.add(many);
    settings.add(many.batched());
    settings.add(blocking(transport, payload, MANY_CONNECTIONS, SOME).batched());
    settings.add(spinning(transport, payload, 1).withWindow(large(transport)).batched());
    return settings;
  }

  /** A window for which batches are made. */
  static int large(Transport transport) {
    return switch (transport) {
      case TCP -> 1024;
      case UDP -> 256;
    };
  }

  /** One message a call, both ends asleep until it comes, on one processor. */
  static Setting blocking(Transport transport, int payload, int connections, int window) {
    return new Setting(
        transport,
        payload,
        WaitStrategy.BLOCK,
        IoMode.PLAIN,
        connections,
        window,
        Placement.TOGETHER);
  }

  /** One message a call and under way, both ends asking for it all the time. */
  static Setting spinning(Transport transport, int payload, int connections) {
    return new Setting(
        transport, payload, WaitStrategy.SPIN, IoMode.PLAIN, connections, 1, Placement.APART);
  }

  /** The same with many messages a call. */
  Setting batched() {
    return new Setting(transport, payload, waiting, IoMode.BATCHED, connections, window, placement);
  }

  /** The same with the ends on a processor each. */
  Setting apart() {
    return new Setting(transport, payload, waiting, io, connections, window, Placement.APART);
  }

  /** The same with another window. */
  Setting withWindow(int window) {
    return new Setting(transport, payload, waiting, io, connections, window, placement);
  }

  /** How many messages one round has. */
  int messages() {
    return connections * window;
  }

  @Override
  public String toString() {
    return "%s, %d B, %s, %s, %d x %d, processors: %d"
        .formatted(
            transport.scheme(),
            payload,
            waiting,
            io.label(),
            connections,
            window,
            placement.processors());
  }
}
