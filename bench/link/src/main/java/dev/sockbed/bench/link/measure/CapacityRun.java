package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.load.Arrival;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.Pace;
import dev.sockbed.bench.load.Progress;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * How many packets a second the emulator itself carries: messages to an echo server behind a link
 * that loses nothing, each accounted for. All is in one process: the sender, the server and the
 * link share the machine's processors, as they do in a comparison.
 */
public final class CapacityRun {
  /** A link that hands over at once, and one that holds everything back. */
  static final List<String> LINKS = List.of("perfect", "delay=10ms");

  private static final int MOST_TRIES = 5;
  private static final int WINDOW = 4_096;
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int MOST_FROM_ONE_SOURCE = 10_000_000;
  private static final Duration WARMUP = Duration.ofSeconds(2);

  /** So long that a message that does not come back in time was dropped. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final UdpConfig SOCKET =
      UdpConfig.DEFAULT
          .withReceiveBufferBytes(BUFFER_BYTES)
          .withSendBufferBytes(BUFFER_BYTES)
          .withIo(BatchedIo.isAvailable() ? IoMode.BATCHED : IoMode.PLAIN);

  private static final UdpEchoServerConfig SERVER =
      UdpEchoServerConfig.DEFAULT.withSocket(SOCKET).withSourceRate(MOST_FROM_ONE_SOURCE);

  private final List<Double> ratesPerSecond;
  private final Duration duration;
  private final int trials;
  private final PrintWriter progress;
  private final CapacityTable table;

  /**
   * A run that has not begun.
   *
   * @param ratesPerSecond packets a second each way, one rate after the other
   * @param duration how long they are sent each time
   * @param trials how often each link has its turn
   */
  public CapacityRun(
      List<Double> ratesPerSecond, Duration duration, int trials, PrintWriter progress) {
    this.ratesPerSecond = List.copyOf(ratesPerSecond);
    this.duration = duration;
    this.trials = trials;
    this.progress = progress;
    table = new CapacityTable();
  }

  /** Runs everything; where real links can't be had, those are left out, and the table says so. */
  public CapacityTable run() throws IOException {
    for (int trial = 1; trial <= trials; trial++) {
      for (LinkMode mode : List.of(LinkMode.TUN, LinkMode.RELAY)) {
        for (String link : LINKS) {
          progress.printf("%s, %s: trial %d of %d%n", mode.label(), link, trial, trials);
          progress.flush();
          measure(mode, link);
        }
      }
    }
    return table;
  }

  private void measure(LinkMode mode, String link) throws IOException {
    String name = mode.label() + ", " + link;
    try {
      // First, so that all code is compiled when a low rate is to be punctual.
      table.addMost(name, most(mode, link));
      for (double rate : ratesPerSecond) {
        table.add(name, rate, steady(mode, link, rate));
      }
    } catch (NotPermittedException | NotOnThisSystemException e) {
      table.leaveOut(mode.label(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sends at a steady rate; again, if only that was missed: a sender whose processor stood still
   * when its time was over says nothing about the link.
   */
  private CapacityTable.Steady steady(LinkMode mode, String link, double rate) throws IOException {
    CapacityTable.Steady steady = once(mode, link, rate);
    for (int tries = 1; tries < MOST_TRIES && steady.missesOnly(rate); tries++) {
      steady = once(mode, link, rate);
    }
    return steady;
  }

  private CapacityTable.Steady once(LinkMode mode, String link, double rate) throws IOException {
    try (LinkedServer server = open(mode, link)) {
      LoadResult result = load(server, new Pace.OpenLoop(rate, Arrival.CONSTANT));
      return new CapacityTable.Steady(
          result.rate() == null ? 0 : result.rate().achieved(),
          result.sent() - result.outcomes().ok(),
          server.unfetched(),
          server.counters(Direction.UP),
          server.counters(Direction.DOWN));
    }
  }

  private double most(LinkMode mode, String link) throws IOException {
    try (LinkedServer server = open(mode, link)) {
      return load(server, new Pace.ClosedLoop(WINDOW)).messagesPerSecond();
    }
  }

  private static LinkedServer open(LinkMode mode, String link) throws IOException {
    return LinkedServer.open(Variant.UDP, Timeline.constant(LinkText.parse(link)), 1, mode, SERVER);
  }

  private LoadResult load(LinkedServer server, Pace pace) throws IOException {
    LoadPlan plan =
        LoadPlan.of(server.address())
            .withSocket(SOCKET)
            .withPace(pace)
            .withWarmup(duration.compareTo(WARMUP) < 0 ? duration : WARMUP)
            .withStop(new Stop.After(duration))
            .withDeadline(DEADLINE);
    try {
      return server.asClient(() -> new LoadRun(plan).run(Progress.NONE));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
