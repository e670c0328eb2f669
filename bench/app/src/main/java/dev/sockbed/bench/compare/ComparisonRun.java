package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.measure.LinkMeasurement;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.link.transfer.Transfers;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Warms up, finds out how much load there can be, and goes through a schedule. */
final class ComparisonRun {
  private static final int SATURATING_WINDOW = 64;

  /** Of each variant: what they cost varies little. */
  private static final int LOOPBACK_FILES = 6;

  private final Measurer measurer;
  private final List<Transport> transports;
  private final Profile profile;
  private final List<CpuPlacement> placements;
  private final List<LinkPlan> links;
  private final @Nullable TransferPlan files;
  private final List<Double> rates;
  private final long seed;

  private int mostConnections = Integer.MAX_VALUE;
  private @Nullable String note;

  /**
   * A run that has not begun.
   *
   * @param placements where the ends run, the one for all scenarios first
   * @param links the emulated links that are measured after the rest
   * @param files what is transferred over a link and over loopback, or null
   * @param rates the offered load's, or none if they are to follow from the warm-up
   */
  ComparisonRun(
      Measurer measurer,
      List<Transport> transports,
      Profile profile,
      List<CpuPlacement> placements,
      List<LinkPlan> links,
      @Nullable TransferPlan files,
      List<Double> rates,
      long seed) {
    this.measurer = measurer;
    this.transports = transports;
    this.profile = profile;
    this.placements = placements;
    this.links = links;
    this.files = files;
    this.rates = List.copyOf(rates);
    this.seed = seed;
  }

  /** Who wants to know how far it is. */
  interface Listener {
    /** The warm-up begins, which lasts that long; so much of the schedule follows. */
    void warmingUp(Duration warmUp, Duration remaining);

    /** A link is measured, with all manners at the same time. */
    void overLink(LinkPlan plan);

    /**
     * Files are transferred.
     *
     * @param first the trial that is next
     */
    void transfers(TransferPlan plan, int first);

    /** A step begins, with about so much of the schedule to come, this step included. */
    void begins(TrialOrder.Step step, Duration remaining);
  }

  /** Who takes each cell as it is measured. */
  interface Cells {
    /**
     * Takes a cell.
     *
     * @throws IOException if it could not be kept, which ends the run
     */
    void accept(Cell cell) throws IOException;
  }

  /**
   * Runs everything, or what can be run until the measurer is cancelled.
   *
   * @param cells takes each cell as it is measured
   * @throws SocketFailure if a server can't be reached; the cells before are good
   */
  void run(Listener listener, Cells cells) throws IOException {
    if (profile.scenarios().stream().anyMatch(scenario -> scenario != ComparisonScenario.LINK)) {
      runSchedule(listener, cells);
    }
    for (LinkPlan plan : links) {
      listener.overLink(plan);
      for (int trial = 1; trial <= plan.trials(); trial += plan.together()) {
        List<Cell> measured = LinkMeasurement.some(plan, trial, measurer::cancelled);
        if (measurer.cancelled()) {
          return;
        }
        for (Cell cell : measured) {
          cells.accept(cell);
        }
      }
    }
    if (files != null) {
      transfer(files, listener, cells);
    }
  }

  private void transfer(TransferPlan plan, Listener listener, Cells cells) throws IOException {
    for (Cell cell : Transfers.overLoopback(plan, LOOPBACK_FILES, measurer::cancelled)) {
      cells.accept(cell);
    }
    for (int trial = 1; trial <= plan.trials(); trial += plan.together()) {
      listener.transfers(plan, trial);
      List<Cell> measured = Transfers.some(plan, trial, measurer::cancelled);
      if (measurer.cancelled()) {
        return;
      }
      for (Cell cell : measured) {
        cells.accept(cell);
      }
    }
  }

  private void runSchedule(Listener listener, Cells cells) throws IOException {
    // Which rates there will be is not known yet, but how many.
    Duration expected = schedule(1).expected();
    listener.warmingUp(profile.warmup().multipliedBy(3L * transports.size()), expected);
    double saturation = warmUp();
    if (measurer.cancelled()) {
      return;
    }
    findSlots();
    TrialOrder schedule = schedule(saturation);
    Duration remaining = schedule.expected();
    for (TrialOrder.Step step : schedule.steps()) {
      if (measurer.cancelled()) {
        return;
      }
      listener.begins(step, remaining);
      Cell cell = measurer.measure(step);
      if (measurer.cancelled()) {
        return; // A step that was cut short is not the step that was planned.
      }
      cells.accept(cell);
      refuseToGoOnWithoutServer(step, cell);
      remaining = remaining.minus(step.point().expected());
    }
  }

  /** A TCP server that is gone is noticed at the next connect; a datagram's refusal comes later. */
  private void refuseToGoOnWithoutServer(TrialOrder.Step step, Cell cell) throws SocketFailure {
    Outcomes outcomes = cell.outcomes();
    boolean answered =
        outcomes.ok() + outcomes.late() + outcomes.truncated() + outcomes.corrupt() > 0;
    if (outcomes.refused() > 0 && !answered) {
      Address target = measurer.targets().get(step.transport());
      throw new SocketFailure(SocketError.REFUSED, "receive from " + target, null);
    }
  }

  private TrialOrder schedule(double saturation) {
    List<Double> offered = rates.isEmpty() ? profile.rates(saturation) : rates;
    List<PlannedPoint> points =
        profile.points(offered, placements).stream()
            .map(point -> point.withAtMost(mostConnections))
            .filter(point -> point.connections() > 0)
            .distinct()
            .toList();
    return TrialOrder.draw(points, transports, seed);
  }

  /** What there is to say of the target's connections when it serves fewer than were planned. */
  @Nullable String note() {
    return note;
  }

  /** A server may still hold the connections of the trial before: half of its slots are free. */
  private void findSlots() {
    int planned =
        profile.points(List.of(), placements).stream()
            .filter(point -> point.scenario() == ComparisonScenario.CONNECTIONS)
            .mapToInt(PlannedPoint::connections)
            .max()
            .orElse(0);
    int served = measurer.connectionsServed(planned);
    if (served < planned && !measurer.cancelled()) {
      mostConnections = served / 2;
      note =
          "the server %s serves %d connections at once: one more got no echo within %s, twice. So no more than %d are measured, not %d, and those of the trial before may still be closing"
              .formatted(
                  measurer.targets().get(Transport.TCP),
                  served,
                  Durations.inWords(ConnectionSlots.PATIENCE),
                  mostConnections,
                  planned);
    }
  }

  /**
   * Makes both ends compile what is measured, over every transport before any is measured.
   *
   * @return how many messages a second the slower transport managed at last
   */
  private double warmUp() throws IOException {
    List<Double> rates = new ArrayList<>();
    for (Transport transport : transports) {
      if (measurer.hasFloor()) {
        measurer.floor(warmUpPoint(1), transport, 0);
      }
      measurer.load(warmUpPoint(1), transport, 0);
      rates.add(measurer.load(warmUpPoint(SATURATING_WINDOW), transport, 0).messagesPerSecond());
    }
    return rates.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private PlannedPoint warmUpPoint(int window) {
    return new PlannedPoint(
        ComparisonScenario.THROUGHPUT,
        placements.getFirst(),
        Profile.LARGE,
        1,
        window,
        null,
        profile.warmup(),
        1);
  }
}
