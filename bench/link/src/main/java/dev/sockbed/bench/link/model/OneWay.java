package dev.sockbed.bench.link.model;

import dev.sockbed.common.Durations;
import java.time.Duration;

/**
 * What a link does to the packets of one direction.
 *
 * @param loss how packets are lost; a lost packet has taken its time at the bottleneck
 * @param delay how long packets are under way
 * @param keepsOrder whether a packet waits for the one before it when its delay was drawn shorter,
 *     as on a link layer that delivers in order; if not, jitter above the distance of two packets
 *     reorders them
 * @param reorder the part of all packets that is held back, so that later ones overtake them, 0 to
 *     1
 * @param heldBack how long such a packet is held back
 * @param duplicate the part of all packets that arrives twice, 0 to 1; the copy has a delay of its
 *     own
 * @param corrupt the part of all packets in which one bit is flipped, 0 to 1
 * @param rate how quickly packets leave, whole IP packets counted
 * @param queue what may wait before the rate; of no meaning without one
 * @param outage whether nothing gets through at all
 */
public record OneWay(
    Loss loss,
    Delay delay,
    boolean keepsOrder,
    double reorder,
    Duration heldBack,
    double duplicate,
    double corrupt,
    Bandwidth rate,
    QueueLimit queue,
    boolean outage) {

  /** How long a reordered packet is held back if nothing else is said. */
  public static final Duration HELD_BACK = Duration.ofMillis(10);

  /** A link that changes nothing. */
  public static final OneWay PERFECT =
      new OneWay(
          Loss.NONE,
          Delay.NONE,
          false,
          0,
          HELD_BACK,
          0,
          0,
          Bandwidth.UNLIMITED,
          QueueLimit.DEFAULT,
          false);

  /**
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public OneWay {
    requireShare("reordering", reorder);
    requireShare("duplication", duplicate);
    requireShare("corruption", corrupt);
    if (heldBack.isNegative() || heldBack.compareTo(Delay.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a packet must be held back 0 s to 1 min, not " + Durations.inWords(heldBack));
    }
  }

  static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(what + " must be 0 % to 100 %, not " + share * 100 + " %");
    }
  }

  /** The same but for the loss. */
  public OneWay withLoss(Loss loss) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for the delay. */
  public OneWay withDelay(Delay delay) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for keeping the order. */
  public OneWay withKeepsOrder(boolean keepsOrder) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for the reordering. */
  public OneWay withReorder(double reorder, Duration heldBack) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for the duplication. */
  public OneWay withDuplicate(double duplicate) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for the corruption. */
  public OneWay withCorrupt(double corrupt) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for the rate. */
  public OneWay withRate(Bandwidth rate) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same but for the queue. */
  public OneWay withQueue(QueueLimit queue) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }

  /** The same, cut or whole. */
  public OneWay withOutage(boolean outage) {
    return new OneWay(
        loss, delay, keepsOrder, reorder, heldBack, duplicate, corrupt, rate, queue, outage);
  }
}
