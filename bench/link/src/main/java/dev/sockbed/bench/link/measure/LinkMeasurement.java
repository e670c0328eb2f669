package dev.sockbed.bench.link.measure;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LinkDetail;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one variant over one link: new clients first, then the train, then a train with an
 * outage in it. Each variant has a link of its own with the same seed, so all may be measured at
 * the same time without meeting each other.
 */
public final class LinkMeasurement {
  /** What cells name the scenario by, before the link in words. */
  public static final String SCENARIO = "link ";

  private static final Duration SET_UP_PATIENCE = Duration.ofMillis(1_500);
  private static final Duration OUTAGE_LEAD = Duration.ofMillis(500);
  private static final Duration LEAD = Duration.ofMillis(250);

  private final LinkPlan plan;
  private final Variant variant;
  private final int trial;
  private final int repeats;
  private final StallMeter stalls;
  private final BooleanSupplier cancelled;

  private LinkMeasurement(
      LinkPlan plan,
      Variant variant,
      int trial,
      int repeats,
      StallMeter stalls,
      BooleanSupplier cancelled) {
    this.stalls = stalls;
    this.cancelled = cancelled;
    this.plan = plan;
    this.variant = variant;
    this.trial = trial;
    this.repeats = repeats;
  }

  /**
   * Measures some of a plan's trials at the same time.
   *
   * @param first the first of them, from 1; each has another seed
   * @param cancelled asked again and again; once true, the rest is left out
   * @return a cell for each variant, trial by trial
   * @throws IOException if a server can't be reached at all
   */
  public static List<Cell> some(LinkPlan plan, int first, BooleanSupplier cancelled)
      throws IOException {
    int last = Math.min(plan.trials(), first + plan.together() - 1);
    try (StallMeter stalls = StallMeter.start(plan.mode())) {
      List<FutureTask<List<Cell>>> tasks = new ArrayList<>();
      for (int trial = first; trial <= last; trial++) {
        int number = trial;
        tasks.add(
            started("sockbed-link-trial-" + trial, () -> all(plan, number, stalls, cancelled)));
      }
      List<Cell> cells = new ArrayList<>();
      for (FutureTask<List<Cell>> task : tasks) {
        cells.addAll(result(task));
      }
      return cells;
    }
  }

  /**
   * Measures all variants that can carry the messages at the same time. If this machine held one of
   * them up, all are measured again: what it did then says nothing about a transport.
   *
   * @param trial which repetition, from 1; each has another seed
   * @param cancelled asked again and again; once true, the rest is left out
   * @return a cell for each variant
   * @throws IOException if a server can't be reached at all
   */
  public static List<Cell> all(LinkPlan plan, int trial, BooleanSupplier cancelled)
      throws IOException {
    try (StallMeter stalls = StallMeter.start(plan.mode())) {
      return all(plan, trial, stalls, cancelled);
    }
  }

  private static List<Cell> all(
      LinkPlan plan, int trial, StallMeter stalls, BooleanSupplier cancelled) throws IOException {
    for (int repeats = 0; ; repeats++) {
      List<Cell> cells = once(plan.ofTrial(trial), trial, repeats, stalls, cancelled);
      if (repeats == plan.mostRepeats()
          || cancelled.getAsBoolean()
          || cells.stream().noneMatch(LinkMeasurement::heldUp)) {
        return cells;
      }
    }
  }

  private static boolean heldUp(Cell cell) {
    return cell.detail() instanceof LinkDetail detail && detail.heldUp(cell.sent());
  }

  private static List<Cell> once(
      LinkPlan plan, int trial, int repeats, StallMeter stalls, BooleanSupplier cancelled)
      throws IOException {
    List<FutureTask<Cell>> tasks = new ArrayList<>();
    for (Variant variant : plan.variants()) {
      if (!plan.isCarriedBy(variant)) {
        continue;
      }
      LinkMeasurement one = new LinkMeasurement(plan, variant, trial, repeats, stalls, cancelled);
      tasks.add(started("sockbed-link-" + variant.word(), one::measure));
    }
    List<Cell> cells = new ArrayList<>();
    for (FutureTask<Cell> task : tasks) {
      cells.add(result(task));
    }
    return cells;
  }

  private static <T> FutureTask<T> started(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name(name).start(task);
    return task;
  }

  private static <T> T result(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Cell measure() throws Exception {
    Timeline timeline = Timeline.constant(plan.spec());
    try (LinkedServer server =
        LinkedServer.open(variant, timeline, seed(), plan.mode(), plan.sizeBytes())) {
      List<@Nullable Long> setUps = server.asClient(() -> setUps(server.address()));
      PacketCounts.Snapshot up = server.counters(Direction.UP).snapshot();
      PacketCounts.Snapshot down = server.counters(Direction.DOWN).snapshot();
      ProbeTrain train = server.asClient(() -> train(server.address()));
      up = server.counters(Direction.UP).snapshot().since(up);
      down = server.counters(Direction.DOWN).snapshot().since(down);
      // Last, when all code is warm: who connects late would meet the outage on connecting.
      Long recovery = plan.outage().isZero() ? null : recovery();
      return new LinkCell(plan, variant, trial, repeats, train, stalls)
          .of(server, up, down, setUps, recovery);
    }
  }

  private long seed() {
    return LinkCell.seed(plan, trial);
  }

  /** Over a link that lets no connection come about, nothing is sent, and nothing comes. */
  private ProbeTrain train(Address address) throws InterruptedException, SocketFailure {
    try {
      return train(connections(address));
    } catch (SocketFailure e) {
      if (e.error() != SocketError.TIMED_OUT) {
        throw e;
      }
      return trainOver(List.of());
    }
  }

  /** Soon, with a connection that is there: what that costs is measured by new clients. */
  private ProbeTrain train(List<BlockingSocket> sockets) throws InterruptedException {
    return train(sockets, System.nanoTime() + LEAD.toNanos());
  }

  private ProbeTrain train(List<BlockingSocket> sockets, long startNanos)
      throws InterruptedException {
    ProbeTrain train = trainOver(sockets);
    train.run(startNanos, plan.patience().toNanos(), cancelled);
    return train;
  }

  private ProbeTrain trainOver(List<BlockingSocket> sockets) {
    return new ProbeTrain(
        sockets,
        variant.transport(),
        variant.attempts(),
        plan.messages(),
        plan.sizeBytes(),
        plan.gapNanos());
  }

  /** One after the other. */
  private List<BlockingSocket> connections(Address address) throws SocketFailure {
    List<BlockingSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < plan.connections()) {
        sockets.add(connected(address, Duration.ZERO));
      }
      return sockets;
    } catch (SocketFailure e) {
      sockets.forEach(BlockingSocket::close);
      throw e;
    }
  }

  private BlockingSocket connected(Address address, Duration timeout) throws SocketFailure {
    return switch (variant.transport()) {
      case TCP ->
          TcpSocket.connected(
              address,
              variant.applied(
                  TcpConfig.DEFAULT
                      .withReceiveLimit(plan.sizeBytes())
                      .withConnectTimeout(Duration.ofSeconds(10))
                      .withReceiveTimeout(timeout)));
      case UDP ->
          UdpSocket.connected(
              address,
              UdpConfig.DEFAULT.withReceiveLimit(plan.sizeBytes()).withReceiveTimeout(timeout));
    };
  }

  /** New clients one after the other; each waits for one echo. */
  private List<@Nullable Long> setUps(Address address) throws InterruptedException {
    List<@Nullable Long> times = new ArrayList<>();
    for (int i = 0; i < plan.setUps() && !cancelled.getAsBoolean(); i++) {
      long start = System.nanoTime();
      try (BlockingSocket socket = connected(address, Duration.ZERO)) {
        ProbeTrain one =
            new ProbeTrain(
                List.of(socket), variant.transport(), variant.attempts(), 1, plan.sizeBytes(), 1);
        one.run(start, SET_UP_PATIENCE.toNanos(), cancelled);
        times.add(one.responses()[0] < 0 ? null : one.responses()[0]);
      } catch (SocketFailure e) {
        times.add(null);
      }
    }
    return times;
  }

  /** How long after an outage the next echo comes. */
  private @Nullable Long recovery() throws Exception {
    Duration begin = OUTAGE_LEAD.plus(plan.outage());
    Duration end = begin.plus(plan.outage());
    Timeline timeline =
        new Timeline(
            List.of(
                new Timeline.Change(Duration.ZERO, plan.spec()),
                new Timeline.Change(begin, cut(true)),
                new Timeline.Change(end, cut(false))));
    int messages = (int) (plan.outage().multipliedBy(3).toNanos() / plan.gapNanos());
    try (LinkedServer server =
        LinkedServer.open(variant, timeline, seed(), plan.mode(), plan.sizeBytes())) {
      long start = Math.max(System.nanoTime(), server.startNanos() + OUTAGE_LEAD.toNanos());
      ProbeTrain train =
          server.asClient(() ->
              new LinkMeasurement(
                      plan.trainOf(messages), variant, trial, repeats, stalls, cancelled)
                  .train(connections(server.address()), start));
      return firstAfter(train.responses(), start, server.startNanos() + end.toNanos());
    }
  }

  private LinkSpec cut(boolean outage) {
    return new LinkSpec(plan.spec().up().withOutage(outage), plan.spec().down().withOutage(outage));
  }

  private @Nullable Long firstAfter(long[] responses, long startNanos, long endNanos) {
    Long first = null;
    for (int i = 0; i < responses.length; i++) {
      long after = startNanos + plan.gapNanos() * i + responses[i] - endNanos;
      if (responses[i] >= 0 && after >= 0 && (first == null || after < first)) {
        first = after;
      }
    }
    return first;
  }
}
