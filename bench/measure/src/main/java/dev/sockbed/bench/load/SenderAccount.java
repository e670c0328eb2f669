package dev.sockbed.bench.load;

import dev.sockbed.bench.result.SystemTruth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where one sender's time went, so that it can be said what held it up. */
final class SenderAccount {
  /** A send call that takes longer has waited for the peer, not for the processor. */
  private static final long BLOCKED_NANOS = Duration.ofMillis(1).toNanos();

  private long startNanos;
  private long endNanos;
  private long scheduledNanos;
  private long callNanos;
  private long calls;
  private long messages;
  private long blockedNanos;
  private long roomNanos;
  private long failed;
  private long behind;
  private long unsent;
  private SystemTruth.@Nullable Threads thread = SystemTruth.Threads.NONE;

  void begin(long nowNanos) {
    startNanos = nowNanos;
    endNanos = nowNanos;
    scheduledNanos = 0;
    callNanos = 0;
    calls = 0;
    messages = 0;
    blockedNanos = 0;
    roomNanos = 0;
    failed = 0;
    behind = 0;
    unsent = 0;
  }

  /** A message is due that will be sent or fail. */
  void message() {
    messages++;
  }

  /** A send call took that long. */
  void called(long nanos) {
    calls++;
    callNanos += nanos;
    if (nanos > BLOCKED_NANOS) {
      blockedNanos += nanos;
    }
  }

  /** It waited that long until fewer messages were under way. */
  void waitedForRoom(long nanos) {
    roomNanos += nanos;
  }

  /** It was not ready at the time to send. */
  void wasBehind() {
    behind++;
  }

  void failed() {
    failed++;
  }

  /** So many messages were due that the sender did not get to. */
  void notSent(long messages) {
    unsent += messages;
  }

  /**
   * The end.
   *
   * @param upTo the moment of the schedule that was reached
   */
  void end(long nowNanos, long upTo) {
    endNanos = nowNanos;
    scheduledNanos = upTo - startNanos;
  }

  /** What the sender's thread had used before and after; null where that is not known. */
  void used(SystemTruth.@Nullable Threads before, SystemTruth.@Nullable Threads after) {
    thread = before == null || after == null ? null : after.since(before);
  }

  void addTo(SenderAccount sum) {
    sum.thread = sum.thread == null || thread == null ? null : sum.thread.plus(thread);
    sum.endNanos += endNanos - startNanos;
    sum.scheduledNanos += scheduledNanos;
    sum.callNanos += callNanos;
    sum.calls += calls;
    sum.messages += messages;
    sum.blockedNanos += blockedNanos;
    sum.roomNanos += roomNanos;
    sum.failed += failed;
    sum.behind += behind;
    sum.unsent += unsent;
  }

  /** Whether it was rather the processor that was taken from it than that it waited itself. */
  boolean wasPushedAside() {
    return thread != null && thread.involuntarySwitches() > thread.voluntarySwitches();
  }

  /** How long it was at work. */
  long elapsedNanos() {
    return endNanos - startNanos;
  }

  /** How much of the schedule it went through, as the schedule counts. */
  long scheduledNanos() {
    return scheduledNanos;
  }

  long callNanos() {
    return callNanos;
  }

  long calls() {
    return calls;
  }

  long messages() {
    return messages;
  }

  long blockedNanos() {
    return blockedNanos;
  }

  long roomNanos() {
    return roomNanos;
  }

  long failures() {
    return failed;
  }

  long behind() {
    return behind;
  }

  /** Messages that were due and that the sender did not get to. */
  long unsent() {
    return unsent;
  }
}
