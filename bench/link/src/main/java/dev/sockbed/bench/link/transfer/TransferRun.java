package dev.sockbed.bench.link.transfer;

import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs both ends of a transfer until the file is there, will never be, or takes too long. */
final class TransferRun {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Transfer transfer;
  private final CountedThreads threads = new CountedThreads();
  private volatile @Nullable SocketFailure failure;

  private TransferRun(Transfer transfer) {
    this.transfer = transfer;
  }

  /**
   * What came of it.
   *
   * @param startNanos when the near end began to connect
   * @param endNanos when the last byte came, or it was given up
   * @param cpuNanos processor time of both ends' threads; less than 0 where that is not told
   * @param failure why an end gave up, or null
   */
  record Result(long startNanos, long endNanos, long cpuNanos, @Nullable SocketFailure failure) {}

  /**
   * Runs it, and closes it.
   *
   * @param transfer listening, with its near end open
   * @param cancelled asked again and again; once true, it is given up
   */
  static Result of(Transfer transfer, Duration patience, BooleanSupplier cancelled)
      throws InterruptedException {
    return new TransferRun(transfer).run(patience.toNanos(), cancelled);
  }

  /** What an end does. */
  private interface End {
    void run(CountedThreads threads) throws SocketFailure, InterruptedException;
  }

  private Result run(long patienceNanos, BooleanSupplier cancelled) throws InterruptedException {
    long start = System.nanoTime();
    Receipt receipt = transfer.receipt();
    try {
      threads.start("sockbed-transfer-far", () -> run(transfer::far));
      threads.start("sockbed-transfer-near", () -> run(transfer::near));
      long left = patienceNanos;
      while (left > 0 && !cancelled.getAsBoolean() && !receipt.await(Math.min(left, LOOK_NANOS))) {
        left = start + patienceNanos - System.nanoTime();
      }
    } finally {
      transfer.close();
    }
    long end = receipt.isWhole() ? receipt.wholeNanos() : System.nanoTime();
    threads.join();
    return new Result(start, end, threads.cpuNanos(), failure);
  }

  private void run(End end) {
    try {
      end.run(threads);
    } catch (SocketFailure e) {
      if (!transfer.receipt().isWhole()) {
        failure = e;
      }
      transfer.receipt().end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      transfer.receipt().end();
    }
  }
}
