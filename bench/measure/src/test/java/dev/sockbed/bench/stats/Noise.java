package dev.sockbed.bench.stats;

import java.util.Arrays;
import java.util.Random;

/** What trials differ by: machines are never as kind as a normal distribution. */
public enum Noise {
  /** As many small influences make it. */
  NORMAL,
  /** Student's t with three degrees of freedom: now and then far off. */
  HEAVY_TAILED,
  /** Long to one side. */
  SKEWED,
  /** One trial in ten is disturbed by a neighbour, by up to half as much again. */
  CONTAMINATED;

  /** How much the logarithm of one trial's number is off. */
  public double draw(Random random) {
    double normal = random.nextGaussian();
    return switch (this) {
      case NORMAL -> 0.02 * normal;
      case HEAVY_TAILED -> 0.02 * normal / Math.sqrt(chiSquared(random, 3) / 3);
      case SKEWED -> 0.05 * Math.exp(normal);
      case CONTAMINATED -> 0.02 * normal + (random.nextInt(10) == 0 ? random.nextDouble(0.4) : 0);
    };
  }

  /** Numbers of trials around a middle. */
  public double[] trials(int count, double middle, Random random) {
    double[] values = new double[count];
    Arrays.setAll(values, _ -> middle * Math.exp(draw(random)));
    return values;
  }

  private static double chiSquared(Random random, int degrees) {
    double sum = 0;
    for (int i = 0; i < degrees; i++) {
      sum += Math.pow(random.nextGaussian(), 2);
    }
    return sum;
  }
}
