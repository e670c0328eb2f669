package dev.sockbed.bench.peers;

import java.io.Closeable;

/** Both ends of one contestant, ready. */
interface Contest extends Closeable {
  /**
   * Exchanges: in each round a window of messages goes out on every connection, then all of them
   * are awaited.
   *
   * @param times gets the time of each round
   * @return how many bytes came back
   * @throws Exception if anything but the echo comes back, or nothing
   */
  long run(int rounds, RoundTimes times) throws Exception;
}
