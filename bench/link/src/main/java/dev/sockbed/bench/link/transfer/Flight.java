package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.measure.RetryTimer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces of a file are in flight, which have to be sent again and which are there. A piece
 * counts as lost when three that were sent later are acknowledged before it; all do when the first
 * one's acknowledgement takes longer than RFC 6298 says. Has no clock; not for several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9002#section-6.1">RFC 9002, section 6.1</a>
 */
final class Flight {
  private static final int LATER_ONES = 3;

  private final int pieces;
  private final boolean sendsAgain;

  /** Acknowledged, or given up. */
  private final BitSet settled = new BitSet();

  private final Deque<Integer> again = new ArrayDeque<>();
  private final Deque<Sending> inOrder = new ArrayDeque<>();
  private final Map<Integer, Sending> inFlight = new HashMap<>();
  private final SendWindow window = new SendWindow();
  private final RetryTimer timer = new RetryTimer();
  private int nextPiece;
  private int nextNumber;
  private int highest = -1;
  private int timeouts;
  private int settledPieces;
  private long resent;

  /**
   * One datagram.
   *
   * @param number in the order of sending
   * @param piece of the file
   */
  record Sending(int number, int piece, long nanos) {}

  /**
   * Nothing is in flight.
   *
   * @param pieces of the file
   * @param sendsAgain whether what is lost is sent again, or given up
   */
  Flight(int pieces, boolean sendsAgain) {
    this.pieces = pieces;
    this.sendsAgain = sendsAgain;
  }

  /** What is to be sent now, or null if nothing is, or may be. */
  @Nullable Sending next(long nowNanos) {
    dropLost(nowNanos);
    while (!again.isEmpty() && settled.get(again.getFirst())) {
      again.removeFirst(); // It was late, and not lost.
    }
    if (!window.hasRoom(inFlight.size()) || (again.isEmpty() && nextPiece == pieces)) {
      return null;
    }
    boolean repeats = !again.isEmpty();
    int piece = repeats ? again.removeFirst() : nextPiece++;
    resent += repeats ? 1 : 0;
    Sending sending = new Sending(nextNumber++, piece, nowNanos);
    inOrder.addLast(sending);
    inFlight.put(sending.number(), sending);
    return sending;
  }

  /** A datagram was acknowledged. */
  void acknowledge(int number, int piece, long nowNanos) {
    if (number < 0 || number >= nextNumber || piece < 0 || piece >= pieces) {
      return;
    }
    settle(piece);
    Sending sending = inFlight.remove(number);
    if (sending != null) {
      highest = Math.max(highest, number);
      timeouts = 0;
      timer.answered(nowNanos - sending.nanos());
      window.acknowledged();
    }
  }

  private void dropLost(long nowNanos) {
    for (Sending first = inOrder.peek(); first != null; first = inOrder.peek()) {
      if (inFlight.containsKey(first.number())) {
        if (first.number() + LATER_ONES <= highest) {
          window.lost(first.number(), nextNumber, inFlight.size());
          drop(first);
        } else if (nowNanos - first.nanos() >= waitNanos()) {
          window.timedOut(nextNumber, inFlight.size());
          timeouts++;
          inOrder.forEach(this::drop); // Nothing is heard of any of them (RFC 6298).
          inOrder.clear();
          return;
        } else {
          return;
        }
      }
      inOrder.poll();
    }
  }

  private void drop(Sending lost) {
    if (inFlight.remove(lost.number()) != null) {
      if (sendsAgain) {
        again.addLast(lost.piece());
      } else {
        settle(lost.piece());
      }
    }
  }

  private void settle(int piece) {
    settledPieces += settled.get(piece) ? 0 : 1;
    settled.set(piece);
  }

  /** How long an acknowledgement may take; doubled for each that did not come in a row. */
  private long waitNanos() {
    return timer.waitNanos(1 + timeouts);
  }

  /** When {@link #next} may have something to send, if no acknowledgement comes before. */
  long lookAgainNanos(long nowNanos) {
    Sending first = inOrder.peek();
    return first == null ? 0 : Math.max(0, first.nanos() + waitNanos() - nowNanos);
  }

  /** Whether all pieces are there, or given up. */
  boolean isOver() {
    return settledPieces == pieces;
  }

  long resent() {
    return resent;
  }
}
