package dev.sockbed.bench.compare;

import dev.sockbed.bench.bare.Floor;
import dev.sockbed.bench.load.Arrival;
import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.LoadRun;
import dev.sockbed.bench.load.MessageSizes;
import dev.sockbed.bench.load.Pace;
import dev.sockbed.bench.load.Progress;
import dev.sockbed.bench.load.Stop;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns a step of the schedule into a cell. Over both transports a step goes through the same code;
 * only the socket is another.
 */
final class Measurer {
  /** Enough for the path through the kernel to be warm again; the code is warm since before. */
  private static final Duration STEP_WARMUP = Duration.ofMillis(20);

  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final Map<Transport, Address> targets;
  private final Map<Transport, SocketConfig> sockets;
  private final @Nullable ProcessHandle server;
  private final Map<Transport, Address> bare;
  private final long seed;
  private final AtomicReference<@Nullable LoadRun> current = new AtomicReference<>();
  private volatile boolean cancelled;

  /**
   * Measures.
   *
   * @param targets the echo servers, one for each transport that is measured
   * @param sockets how the client's sockets are set up
   * @param server the servers' process, whose processor time is then told; null if it is not ours
   * @param bare the bare servers of the floor; none if that is not measured
   * @param seed of what is random in a run
   */
  Measurer(
      Map<Transport, Address> targets,
      Map<Transport, SocketConfig> sockets,
      @Nullable ProcessHandle server,
      Map<Transport, Address> bare,
      long seed) {
    this.targets = targets;
    this.sockets = sockets;
    this.server = server;
    this.bare = bare;
    this.seed = seed;
  }

  /** The echo servers, one for each transport that is measured. */
  Map<Transport, Address> targets() {
    return targets;
  }

  /**
   * How many TCP connections somebody else's server serves at once, as far as that matters here.
   *
   * @return at most that many; all of them where the server is ours or there is none
   */
  int connectionsServed(int most) {
    boolean somebodyElses = server == null && targets.containsKey(Transport.TCP);
    return somebodyElses && socket(Transport.TCP) instanceof TcpConfig tcp
        ? new ConnectionSlots(target(Transport.TCP), tcp, ConnectionSlots.PATIENCE)
            .served(most, this::cancelled)
        : most;
  }

  /** Ends the measurement that runs, and every later one at once; any thread may ask. */
  void cancel() {
    cancelled = true;
    LoadRun run = current.get();
    if (run != null) {
      run.cancel();
    }
  }

  /** Whether it was cancelled. */
  boolean cancelled() {
    return cancelled;
  }

  /**
   * Runs one step.
   *
   * @return what was found; of a cancelled step, what was found until then
   * @throws SocketFailure if the server can't be reached
   * @throws IOException if the bare channels fail
   */
  Cell measure(TrialOrder.Step step) throws IOException {
    return switch (step.point().scenario()) {
      case SETUP -> setUp(step);
      case FLOOR -> floor(step.point(), step.transport(), step.trial());
      case RECEIVE_LIMIT -> receiveLimit(step);
      case RTT, THROUGHPUT, OFFERED_LOAD, CONNECTIONS ->
          load(step.point(), step.transport(), step.trial())
              .toCell(
                  step.point().scenario().label(),
                  step.trial(),
                  step.point().placement().placement());
      case LINK -> throw new IllegalArgumentException("a link has plans of its own");
    };
  }

  /** Runs the load that a point asks for. */
  LoadResult load(PlannedPoint point, Transport transport, int trial) throws SocketFailure {
    Integer window = point.window();
    Double rate = point.ratePerSecond();
    Pace pace =
        rate != null
            ? new Pace.OpenLoop(rate, Arrival.CONSTANT)
            : new Pace.ClosedLoop(window == null ? 1 : window);
    LoadPlan plan =
        LoadPlan.of(target(transport))
            .withSocket(socket(transport))
            .withSizes(MessageSizes.of(point.sizeBytes()))
            .withConnections(point.connections())
            .withPace(pace)
            .withStop(new Stop.After(point.duration()))
            .withWarmup(STEP_WARMUP)
            .withDeadline(DEADLINE)
            .withSeed(seed + trial);
    LoadRun run = new LoadRun(plan, server);
    current.set(run);
    if (cancelled) {
      run.cancel();
    }
    try (var _ = point.placement().pinClient()) {
      return run.run(Progress.NONE);
    } finally {
      current.set(null);
    }
  }

  /** Whether there are bare servers. */
  boolean hasFloor() {
    return !bare.isEmpty();
  }

  /** Measures on bare channels; trial 0 is a warm-up. */
  Cell floor(PlannedPoint point, Transport transport, int trial) throws IOException {
    CpuPlacement placement = point.placement();
    InetSocketAddress server = Objects.requireNonNull(bare.get(transport)).resolve().getFirst();
    Floor floor = new Floor(transport, point.sizeBytes(), placement.clientCpus(), server);
    return floor.measure(point.duration(), placement.placement(), trial, this::cancelled);
  }

  private Cell setUp(TrialOrder.Step step) {
    PlannedPoint point = step.point();
    Transport transport = step.transport();
    SetupMeasurement measurement =
        new SetupMeasurement(target(transport), socket(transport), point.sizeBytes());
    try (var _ = point.placement().pinClient()) {
      Tally tally = measurement.run(point.duration(), this::cancelled);
      return cell(step, tally, null);
    }
  }

  private Cell receiveLimit(TrialOrder.Step step) throws SocketFailure {
    PlannedPoint point = step.point();
    Transport transport = step.transport();
    try (var _ = point.placement().pinClient();
        ReceiveLimitMeasurement measurement =
            new ReceiveLimitMeasurement(target(transport), socket(transport), point.sizeBytes())) {
      Tally tally = measurement.run(point.duration(), this::cancelled);
      return cell(step, tally, measurement.detail());
    }
  }

  private Cell cell(TrialOrder.Step step, Tally tally, Cell.@Nullable Detail detail) {
    PlannedPoint point = step.point();
    SocketConfig socket = socket(step.transport());
    return new Cell(
        step.transport().scheme(),
        point.scenario().label(),
        socket.io().label(),
        socket.waiting().toString(),
        socket.threads().label(),
        point.placement().placement(),
        point.sizeBytes(),
        point.connections(),
        point.window(),
        point.ratePerSecond(),
        step.trial(),
        tally.outcomes().total(),
        tally.outcomes(),
        Events.NONE,
        TimesNs.of(tally.serviceNanos()),
        null,
        tally.messagesPerSecond(),
        Histograms.encode(tally.serviceNanos()),
        null,
        detail);
  }

  private Address target(Transport transport) {
    return Objects.requireNonNull(targets.get(transport));
  }

  private SocketConfig socket(Transport transport) {
    return Objects.requireNonNull(sockets.get(transport));
  }
}
