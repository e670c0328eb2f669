package dev.sockbed.bench.load;

/**
 * What the system knows about a connection at one moment.
 *
 * @param smoothedRttNanos its own estimate of the round trip, by RFC 6298
 * @param rttVariationNanos how much that varies, by RFC 6298
 * @param retransmitted segments sent again since the connection was made
 */
record StreamState(long smoothedRttNanos, long rttVariationNanos, long retransmitted) {}
