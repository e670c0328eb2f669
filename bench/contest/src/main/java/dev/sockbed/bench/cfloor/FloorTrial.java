package dev.sockbed.bench.cfloor;

/**
 * What one exchange found.
 *
 * @param messagesPerSecond messages that came back in a second
 * @param p50Nanos the median round trip, of a window of one message; else 0
 * @param lost messages that never came back
 */
record FloorTrial(double messagesPerSecond, double p50Nanos, long lost) {}
