package dev.sockbed.bench.bare;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.common.socket.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures round trips on bare channels, one message at a time: the least that one takes on this
 * machine at this moment, to that server.
 *
 * @param transport over which
 * @param sizeBytes bytes a message, at most 128
 * @param clientCpus the processors that the client is kept to, or none
 * @param server where a {@linkplain BareServer bare server} of that transport listens
 */
public record Floor(
    Transport transport, int sizeBytes, List<Integer> clientCpus, InetSocketAddress server) {
  /** What its cells are called. */
  public static final String SCENARIO = "floor";

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Copies the list, so that the floor stays as it is. */
  public Floor {
    clientCpus = List.copyOf(clientCpus);
  }

  /**
   * Measures, in the calling thread. A time is taken right before each send and right after the
   * reply, as those of our own clients are; what is kept of it, and whether to go on, is seen to
   * between the two. When nothing comes back any more it ends, some seconds late, with one message
   * lost.
   *
   * @param placement the name of where the ends run, or null
   * @param trial which repetition, from 1
   * @param cancelled whether to end before the time is up
   * @throws SocketFailure if the channels fail, as when the server is gone
   */
  public Cell measure(
      Duration duration, @Nullable String placement, int trial, BooleanSupplier cancelled)
      throws SocketFailure {
    try (var _ = CpuAffinity.pinned(clientCpus);
        BareClient client = client();
        Watchdog.Guard guard = Watchdog.guard(PATIENCE, () -> giveUp(client))) {
      guard.arm(duration.plus(PATIENCE).toNanos());
      Histogram nanos = Histograms.empty();
      long begin = System.nanoTime();
      long now = begin;
      long lost = 0;
      try {
        while (now - begin < duration.toNanos() && !cancelled.getAsBoolean()) {
          long sent = System.nanoTime();
          client.roundTrip();
          now = System.nanoTime();
          nanos.recordValue(now - sent);
        }
      } catch (AsynchronousCloseException nothingCameBack) {
        lost = 1;
      }
      guard.disarm();
      return cell(nanos, lost, now - begin, placement, trial);
    } catch (IOException e) {
      throw SocketFailure.of("measure the floor at " + Address.of(transport, server), e);
    }
  }

  private BareClient client() throws IOException {
    return switch (transport) {
      case TCP -> new BareTcpClient(server, sizeBytes);
      case UDP -> new BareUdpClient(server, sizeBytes);
    };
  }

  private static void giveUp(BareClient client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cell cell(
      Histogram nanos, long lost, long elapsed, @Nullable String placement, int trial) {
    long ok = nanos.getTotalCount();
    return new Cell(
        transport.scheme(),
        SCENARIO,
        "plain",
        "block",
        "platform",
        placement,
        sizeBytes,
        1,
        1,
        null,
        trial,
        ok + lost,
        new Outcomes(ok, lost, 0, 0, 0, 0, 0),
        Events.NONE,
        TimesNs.of(nanos),
        null,
        ok == 0 ? 0 : ok * 1e9 / elapsed,
        Histograms.encode(nanos),
        null,
        null);
  }
}
