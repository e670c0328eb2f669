package dev.sockbed.bench.compare;

import dev.sockbed.client.TcpEchoClient;
import dev.sockbed.common.Address;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * How many TCP connections a target serves at once. A board has slots for a few; what waits in its
 * backlog is connected and never answered, and what finds no room there waits until the connect
 * times out. So it is asked once, before a measurement waits for each of them again and again.
 */
final class ConnectionSlots {
  /** How long a connection may take until its first echo. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** One that is not served may have had bad luck. */
  private static final int TRIES = 2;

  private final Address target;
  private final TcpConfig config;
  private final Duration patience;

  ConnectionSlots(Address target, TcpConfig config, Duration patience) {
    this.target = target;
    this.config = config.withConnectTimeout(patience);
    this.patience = patience;
  }

  /**
   * Opens connections one after the other, and keeps each that is served, until one is not in two
   * tries; then closes all.
   *
   * @param most no more than that many
   * @return how many were served at once; fewer also if it was cancelled
   */
  int served(int most, BooleanSupplier cancelled) {
    Deque<TcpEchoClient> open = new ArrayDeque<>();
    try {
      int failed = 0;
      while (open.size() < most && failed < TRIES && !cancelled.getAsBoolean()) {
        failed = isServed(open) ? 0 : failed + 1;
      }
      return open.size();
    } finally {
      open.forEach(TcpEchoClient::close);
    }
  }

  private boolean isServed(Deque<TcpEchoClient> open) {
    try {
      TcpEchoClient client = TcpEchoClient.connect(target, config, patience);
      if (client.exchange(ByteBuffer.allocate(1), ByteBuffer.allocate(1)) == Outcome.OK) {
        open.add(client);
        return true;
      }
      client.close();
      return false;
    } catch (SocketFailure e) {
      return false; // Refused, broken off or timed out: in any case not served.
    }
  }
}
