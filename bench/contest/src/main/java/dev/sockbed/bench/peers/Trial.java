package dev.sockbed.bench.peers;

/**
 * What one trial of a contestant in a setting found.
 *
 * @param p50Nanos the median round
 * @param meanNanos the time of all rounds divided by their number
 */
record Trial(double p50Nanos, double meanNanos) {}
