package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkedServer;
import dev.sockbed.bench.link.measure.StallMeter;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Transfers files as a plan says, each over a link of its own or over loopback. */
public final class Transfers {
  /** What cells name the scenario by, before the direction and the link in words. */
  public static final String SCENARIO = "transfer ";

  private static final int WARM_UPS = 3;

  private final TransferPlan plan;
  private final BooleanSupplier cancelled;

  private Transfers(TransferPlan plan, BooleanSupplier cancelled) {
    this.plan = plan;
    this.cancelled = cancelled;
  }

  /**
   * Measures some of a plan's trials at the same time.
   *
   * @param first the first of them, from 1; each has another seed
   * @param cancelled asked again and again; once true, what goes on is given up
   * @return a cell for each trial and variant
   * @throws IOException if no server can be opened, or is found
   */
  public static List<Cell> some(TransferPlan plan, int first, BooleanSupplier cancelled)
      throws IOException {
    Transfers transfers = new Transfers(plan, cancelled);
    int last = Math.min(plan.trials(), first + plan.together() - 1);
    try (StallMeter stalls = StallMeter.start(plan.mode())) {
      List<FutureTask<Cell>> tasks = new ArrayList<>();
      for (int trial = first; trial <= last; trial++) {
        int number = trial;
        for (Variant variant : plan.variants()) {
          FutureTask<Cell> task =
              new FutureTask<>(() -> transfers.overLink(variant, number, stalls));
          tasks.add(task);
          Thread.ofPlatform().daemon().name("sockbed-transfer-" + variant.word()).start(task);
        }
      }
      List<Cell> cells = new ArrayList<>();
      for (FutureTask<Cell> task : tasks) {
        cells.add(result(task));
      }
      return cells;
    }
  }

  /**
   * What a file costs where nothing is lost: over loopback, one after the other, variants in turn;
   * some are transferred before, so that all code is warm.
   *
   * @param trials how many files for each variant
   */
  public static List<Cell> overLoopback(TransferPlan plan, int trials, BooleanSupplier cancelled)
      throws IOException {
    Transfers transfers = new Transfers(plan, cancelled);
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1 - WARM_UPS; trial <= trials; trial++) {
      for (Variant variant : plan.variants()) {
        if (cancelled.getAsBoolean()) {
          return cells;
        }
        Cell cell = transfers.overLoopback(variant, trial);
        if (trial > 0) {
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  private static Cell result(FutureTask<Cell> task) throws IOException {
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

  private Cell overLoopback(Variant variant, int trial) throws IOException {
    Direction direction = trial % 2 == 0 ? Direction.UP : Direction.DOWN;
    Address any = new Address(variant.transport(), "127.0.0.1", 0);
    try (Transfer transfer =
        Transfer.listen(any, variant, direction, plan.bytes(), plan.patience())) {
      transfer.open(transfer.address());
      String congestion = transfer.congestionControl();
      TransferRun.Result result = TransferRun.of(transfer, plan.patience(), cancelled);
      return new TransferCell(plan, variant, trial, direction, transfer, result, congestion)
          .overLoopback();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Cell overLink(Variant variant, int trial, StallMeter stalls) throws Exception {
    Timeline timeline = Timeline.constant(plan.spec());
    Direction direction = plan.direction(trial);
    Opened opened = new Opened();
    try (LinkedServer server =
        LinkedServer.open(
            variant.transport(),
            timeline,
            plan.seed() + trial - 1,
            plan.mode(),
            local -> opened.listen(local, variant, direction, plan))) {
      Transfer transfer = opened.transfer();
      String congestion =
          server.asClient(() -> {
            transfer.open(server.address());
            return transfer.congestionControl();
          });
      TransferRun.Result result = TransferRun.of(transfer, plan.patience(), cancelled);
      if (result.failure() != null && result.failure().error() == SocketError.REFUSED) {
        throw result.failure();
      }
      boolean stalled =
          stalls.stalled(
              result.startNanos(), result.endNanos(), plan.deadline().toNanos() / STALL_PART);
      boolean seen = server.mode() == LinkMode.TUN || variant.transport() == Transport.UDP;
      return new TransferCell(plan, variant, trial, direction, transfer, result, congestion)
          .overLink(server, seen, stalled);
    }
  }

  /** A stall of this part of the deadline may have made a file late. */
  private static final int STALL_PART = 10;

  /** Remembers the far end, which is opened in the server's network. */
  private static final class Opened {
    private @Nullable Transfer transfer;

    LinkedServer.Serving listen(
        Address local, Variant variant, Direction direction, TransferPlan plan)
        throws SocketFailure {
      Transfer listening =
          Transfer.listen(local, variant, direction, plan.bytes(), plan.patience());
      transfer = listening;
      return new LinkedServer.Serving(listening, listening.address());
    }

    Transfer transfer() {
      return Objects.requireNonNull(transfer);
    }
  }
}
