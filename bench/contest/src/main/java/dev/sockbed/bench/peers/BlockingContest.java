package dev.sockbed.bench.peers;

import java.io.IOException;
import java.util.List;

/**
 * The rounds of clients whose calls wait.
 *
 * @param <C> one connection
 */
abstract class BlockingContest<C> implements Contest {
  private final Setting setting;

  BlockingContest(Setting setting) {
    this.setting = setting;
  }

  /** The connections, always the same. */
  abstract List<C> connections();

  /** Sends one message, or keeps it for the flush. */
  abstract void send(C connection) throws IOException;

  /** Sends what was kept. */
  abstract void flush(C connection) throws IOException;

  /**
   * Receives once.
   *
   * @return the bytes received
   */
  abstract int receive(C connection) throws IOException;

  @Override
  public long run(int rounds, RoundTimes times) throws IOException {
    List<C> connections = connections();
    int window = setting.window();
    long bytes = (long) window * setting.payload();
    long received = 0;
    times.begin();
    for (int round = 0; round < rounds; round++) {
      for (int c = 0; c < connections.size(); c++) {
        C connection = connections.get(c);
        for (int i = 0; i < window; i++) {
          send(connection);
        }
        flush(connection);
      }
      for (int c = 0; c < connections.size(); c++) {
        C connection = connections.get(c);
        long missing = bytes;
        while (missing > 0) {
          int length = receive(connection);
          if (length <= 0) {
            throw new IOException("the echo ended");
          }
          missing -= length;
        }
        received += bytes;
      }
      times.next();
    }
    return received;
  }
}
