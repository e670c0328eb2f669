package dev.sockbed.bench.compare;

import dev.sockbed.client.EchoClient;
import dev.sockbed.common.Address;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long until a new client is served, again and again: connect, first echo; then close, which is
 * not timed. A connection that the system made is not one that the server has seen, so the echo is
 * part of it. Over UDP a connect sends nothing, and the echo is all there is.
 */
final class SetupMeasurement {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Address server;
  private final SocketConfig config;
  private final ByteBuffer request;
  private final ByteBuffer reply;

  SetupMeasurement(Address server, SocketConfig config, int sizeBytes) {
    this.server = server;
    this.config = config;
    this.request = ByteBuffer.allocateDirect(sizeBytes);
    this.reply = ByteBuffer.allocateDirect(sizeBytes);
  }

  /** Sets connections up, one after the other, until time is up or it is cancelled. */
  Tally run(Duration duration, BooleanSupplier cancelled) {
    Tally tally = new Tally();
    long start = System.nanoTime();
    while (System.nanoTime() - start < duration.toNanos() && !cancelled.getAsBoolean()) {
      setUpOne(tally);
    }
    tally.elapsed(System.nanoTime() - start);
    return tally;
  }

  private void setUpOne(Tally tally) {
    long start = System.nanoTime();
    try (EchoClient client = EchoClient.connect(server, config, TIMEOUT)) {
      Outcome outcome = client.exchange(request.clear(), reply.clear());
      tally.count(outcome, System.nanoTime() - start);
    } catch (SocketFailure e) {
      Outcome outcome =
          switch (e.error()) {
            case REFUSED, RESET -> Outcome.REFUSED;
            case TIMED_OUT -> Outcome.LOST;
            default -> Outcome.FAILED;
          };
      tally.count(outcome, System.nanoTime() - start);
    }
  }
}
