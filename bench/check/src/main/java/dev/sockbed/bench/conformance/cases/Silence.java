package dev.sockbed.bench.conformance.cases;

/**
 * Whether silence can be loss. A datagram that goes unanswered may have been lost; one that goes
 * unanswered again and again, while others in between are answered, was not.
 *
 * <p>Beside each try goes a control, a datagram that every echo server answers. The share of
 * controls that are lost, by Laplace's rule, is what a try's loss is as likely as; silence is no
 * loss when so much of it would happen less than once in ten thousand times.
 */
final class Silence {
  static final double UNLIKELY = 1e-4;

  /** More tries tell nothing new: the network loses more than half. */
  static final int MOST_TRIES = 16;

  /** So many without any answer, and it is not the network. */
  static final int DEAF = 8;

  private int tries;
  private int controlsAnswered;

  /** What is known after some tries. */
  enum Reading {
    /** Try again. */
    UNKNOWN,
    /** It answers others, and not this. */
    REFUSES,
    /** It answers nothing. */
    DEAF,
    /** So much is lost that nothing can be told. */
    LOSSY
  }

  /** One more try without an answer. */
  void add(boolean controlAnswered) {
    tries++;
    controlsAnswered += controlAnswered ? 1 : 0;
  }

  Reading reading() {
    if (controlsAnswered == 0) {
      return tries >= DEAF ? Reading.DEAF : Reading.UNKNOWN;
    }
    double loss = (tries - controlsAnswered + 1.0) / (tries + 2.0);
    if (Math.pow(loss, tries) < UNLIKELY) {
      return Reading.REFUSES;
    }
    return tries >= MOST_TRIES ? Reading.LOSSY : Reading.UNKNOWN;
  }

  int tries() {
    return tries;
  }

  int controlsAnswered() {
    return controlsAnswered;
  }
}
