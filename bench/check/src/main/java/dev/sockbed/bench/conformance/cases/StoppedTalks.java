package dev.sockbed.bench.conformance.cases;

/**
 * Whether talks that stop can be loss. A talk stops when one of its datagrams is lost, or when a
 * fault stops it. Beside each go some controls, datagrams that every echo server answers.
 *
 * <p>The share of controls that are lost, by Laplace's rule, is what the loss of an exchange is as
 * likely as; a talk stops by loss if any of its exchanges is lost. Talks that stop are no loss when
 * so many in a row would be less than once in ten thousand times.
 *
 * @see Silence
 */
final class StoppedTalks {
  private final int exchanges;
  private int talks;
  private int controls;
  private int answered;

  /**
   * None yet.
   *
   * @param exchanges in a talk, each of which must succeed
   */
  StoppedTalks(int exchanges) {
    this.exchanges = exchanges;
  }

  /** One more talk stopped, and of the controls beside it so many were answered. */
  void add(int controlsBeside, int answeredBeside) {
    talks++;
    controls += controlsBeside;
    answered += answeredBeside;
  }

  /** Whether it must be something else. */
  boolean isNoLoss() {
    double loss = (lost() + 1.0) / (controls + 2.0);
    double stops = 1 - Math.pow(1 - loss, exchanges);
    return Math.pow(stops, talks) < Silence.UNLIKELY;
  }

  int talks() {
    return talks;
  }

  int controls() {
    return controls;
  }

  /** Controls that were not answered. */
  int lost() {
    return controls - answered;
  }
}
