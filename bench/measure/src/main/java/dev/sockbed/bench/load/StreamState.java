package dev.sockbed.bench.load;

/**
 * What the system knows about a connection at one moment.
 *
 * @param smoothedRttNanos its own estimate of the round trip, by RFC 6298
 * @param rttVariationNanos how much that varies, by RFC 6298
 * @param retransmitted segments sent again since the connection was made
 * @param sent what was sent since then and acknowledged
 * @param received what was received since then
 */
record StreamState(
    long smoothedRttNanos, long rttVariationNanos, long retransmitted, Data sent, Data received) {

  /**
   * Bytes, and the segments that carried them; 0 where the system does not tell.
   *
   * @param segments those with data
   */
  record Data(long bytes, long segments) {}
}
