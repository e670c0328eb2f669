package dev.sockbed.bench.stats;

/** The standard normal distribution. */
final class Normal {
  private Normal() {}

  /**
   * The probability of a value below {@code x}, by the series of Marsaglia, "Evaluating the Normal
   * Distribution", Journal of Statistical Software 11(4), 2004.
   *
   * @param x between −7 and 7, beyond which the series loses its digits
   */
  static double below(double x) {
    double sum = x;
    double term = x;
    double before = 0;
    for (int i = 3; sum != before; i += 2) {
      term *= x * x / i;
      before = sum;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
