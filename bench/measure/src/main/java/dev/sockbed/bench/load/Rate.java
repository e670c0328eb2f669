package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Numbers;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether an open loop kept to its schedule.
 *
 * @param target messages a second that were asked for
 * @param achieved the target times the part of the schedule that was gone through, less the
 *     messages that could not be sent
 * @param reached whether that is 98 % of the target, or no more than 5 ms are missing; not if
 *     nothing was sent
 * @param limitedBy what held the sender up, in a sentence; null if the rate was reached
 * @param behind messages for which the sender was not ready in time
 */
public record Rate(
    double target, double achieved, boolean reached, @Nullable String limitedBy, long behind) {
  private static final double ENOUGH = 0.98;
  private static final double SOME = 0.25;
  private static final double MOST = 0.5;
  private static final long TRIFLE_NANOS = Duration.ofMillis(5).toNanos();

  /** Judges the senders' accounts, added up. */
  static Rate of(double target, SenderAccount senders, Transport transport) {
    long sent = senders.messages();
    double kept = share(senders.scheduledNanos(), senders.elapsedNanos(), 1);
    double good = 1 - share(senders.failures(), sent, 0);
    boolean behind =
        kept < ENOUGH && senders.elapsedNanos() - senders.scheduledNanos() > TRIFLE_NANOS;
    boolean reached = !behind && good >= ENOUGH && sent > 0;
    return new Rate(
        target,
        target * kept * good,
        reached,
        reached ? null : limit(senders, sent, good, transport),
        senders.behind());
  }

  private static String limit(SenderAccount senders, long sent, double good, Transport transport) {
    long elapsed = senders.elapsedNanos();
    double inCalls = share(senders.callNanos(), elapsed, 0);
    double blocked = share(senders.blockedNanos(), elapsed, 0);
    double full = share(senders.roomNanos(), elapsed, 0);
    if (sent == 0) {
      return "nothing was sent: the run was over before the sender got to its first message";
    }
    if (good < ENOUGH) {
      return String.format(
          Locale.ROOT, "%,d of %,d messages could not be sent", senders.failures(), sent);
    }
    if (full > SOME) {
      return "too many messages were in flight for "
          + Numbers.share(full)
          + " of the time: the peer answers more slowly";
    }
    if (senders.wasPushedAside()) {
      return "the processor was taken from the sender again and again: this machine is too busy";
    }
    if (blocked > SOME) {
      String by =
          switch (transport) {
            case TCP -> "TCP's flow control: the peer reads more slowly";
            case UDP -> "a full send buffer: the interface is slower";
          };
      return "sends were blocked for " + Numbers.share(blocked) + " of the time by " + by;
    }
    if (inCalls > MOST) {
      return "send calls took "
          + Numbers.share(inCalls)
          + " of the sender's time, "
          + senders.callNanos() / Math.max(1, senders.calls())
          + " ns each: one thread can't send faster";
    }
    return "the sender came too late "
        + senders.behind()
        + " times, though send calls took only "
        + Numbers.share(inCalls)
        + " of its time: the processor is too slow or too busy";
  }

  private static double share(long part, long whole, double ofNothing) {
    return whole == 0 ? ofNothing : (double) part / whole;
  }
}
