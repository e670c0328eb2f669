package dev.sockbed.bench.load.command;

import dev.sockbed.bench.load.LoadPlan;
import dev.sockbed.bench.load.LoadResult;
import dev.sockbed.bench.load.ReplyLimit;
import dev.sockbed.bench.load.ReplyLimitProbe;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Whether the server's limit on replies decided what a load over UDP lost. That is asked after a
 * run that lost something, by no more than twice as many messages a second as came back: a server
 * that could not bear more is not made to.
 */
final class LimitedReplies {
  private static final double LEAST_LOST = 0.02;

  /** With fewer a limit can't be told from bad luck. */
  private static final double FEWEST_PER_SECOND = 100;

  /** A limit that was reached shows again only after a second of rest. */
  private static final Duration REST = Duration.ofMillis(1_500);

  private static final long LOOK_NANOS = 50_000_000;

  private LimitedReplies() {}

  /**
   * Asks the server, which takes four seconds or none.
   *
   * @param results of the trials, which are over
   * @param cancelled asked again and again; once true, nothing is found
   * @return what there is to say of it
   */
  static Optional<String> after(
      LoadPlan plan, List<LoadResult> results, LocalEnd local, BooleanSupplier cancelled) {
    long sent = results.stream().mapToLong(LoadResult::sent).sum();
    long lost = results.stream().mapToLong(result -> result.outcomes().lost()).sum();
    double perSecond =
        results.stream().mapToDouble(LoadResult::messagesPerSecond).average().orElse(0);
    if (plan.target().transport() != Transport.UDP
        || lost < LEAST_LOST * sent
        || perSecond < FEWEST_PER_SECOND
        || !rested(cancelled)) {
      return Optional.empty();
    }
    try {
      int probed = (int) Math.min(ReplyLimitProbe.PER_SECOND, 2 * perSecond);
      OptionalDouble limit = ReplyLimitProbe.at(plan.target(), local, probed, cancelled);
      return limit.isEmpty()
          ? Optional.empty()
          : Optional.of(ReplyLimit.inWords("the server " + plan.target(), limit.getAsDouble()));
    } catch (SocketFailure e) {
      return Optional.empty(); // Gone by now, which says nothing of the run before.
    }
  }

  private static boolean rested(BooleanSupplier cancelled) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < REST.toNanos()) {
      if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }
}
