package dev.sockbed.bench.link.model;

/**
 * The standard normal distribution's quantiles to seven digits, by Wichura's algorithm AS 241,
 * PPND7 (Applied Statistics 37, 1988).
 */
final class NormalQuantile {
  private static final double CENTRE = 0.425;
  private static final double CENTRE_SQUARED = CENTRE * CENTRE;
  private static final double TAIL = 5;
  private static final double SMALLEST = 0x1.0p-54;

  private NormalQuantile() {}

  /** The value below which a part of the distribution lies; the part is at least 0 and below 1. */
  static double of(double part) {
    double q = part - 0.5;
    if (Math.abs(q) <= CENTRE) {
      return q * centre(CENTRE_SQUARED - q * q);
    }
    double r = Math.sqrt(-Math.log(Math.max(SMALLEST, q < 0 ? part : 1 - part)));
    double distance = r <= TAIL ? near(r - 1.6) : far(r - TAIL);
    return Math.copySign(distance, q);
  }

  private static double centre(double r) {
    return (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
        / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
  }

  private static double near(double r) {
    return (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
        / ((0.12021132975 * r + 0.73700164250) * r + 1);
  }

  private static double far(double r) {
    return (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
        / ((0.012258202635 * r + 0.24197894225) * r + 1);
  }
}
