package dev.sockbed.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * What the system says about the time of a run: numbers that stand beside the run's own, so that a
 * drop of ours is not taken for the network's, nor a pause of ours for the peer's. What a system
 * does not tell is null.
 *
 * @param udp the UDP counters of the whole network namespace, by how much they grew
 * @param ownDropped datagrams that came for the run's own sockets and found their receive buffers
 *     full
 * @param peerDropped the same for the peer's socket, if it is on this machine
 * @param tcpRetransmits segments that were sent again, in the whole network namespace
 * @param tcp what the system knows about the run's own connections; null over UDP
 * @param gcCount garbage collections that stopped the client
 * @param gcPauseMillis how long they did, milliseconds
 * @param clientCpuNs processor time of the client process
 * @param serverCpuNs processor time of the server process, if it was named
 * @param loadThreads what the threads that send and receive used
 */
public record SystemTruth(
    @Nullable Udp udp,
    @Nullable Long ownDropped,
    @Nullable Long peerDropped,
    @Nullable Long tcpRetransmits,
    @Nullable Tcp tcp,
    long gcCount,
    long gcPauseMillis,
    @Nullable Long clientCpuNs,
    @Nullable Long serverCpuNs,
    @Nullable Threads loadThreads) {

  /**
   * UDP counters, those of IPv4 and IPv6 added up.
   *
   * @param inDatagrams datagrams delivered
   * @param noPorts datagrams for a port on which nobody listened
   * @param inErrors datagrams that could not be delivered, whatever the reason
   * @param receiveBufferErrors of these, those that found a full receive buffer
   * @param sendBufferErrors datagrams that could not be sent for want of a buffer
   */
  public record Udp(
      long inDatagrams,
      long noPorts,
      long inErrors,
      long receiveBufferErrors,
      long sendBufferErrors) {}

  /**
   * TCP_INFO of the run's own connections at its end.
   *
   * @param smoothedRttNs the system's own estimate of the round trip (RFC 6298), the median
   *     connection's
   * @param rttVariationNs how much that varies, the same connection's
   * @param retransmits segments that the client sent again during the run, over all connections
   * @param requestSegmentBytes bytes that a segment with data carried to the server on average,
   *     since the connections were made; null where the system does not tell, and in files of
   *     builds that did not ask
   * @param replySegmentBytes the same of segments from the server
   */
  public record Tcp(
      long smoothedRttNs,
      long rttVariationNs,
      long retransmits,
      @Nullable Long requestSegmentBytes,
      @Nullable Long replySegmentBytes) {}

  /**
   * What threads used.
   *
   * @param cpuNs processor time
   * @param voluntarySwitches how often they gave the processor away to wait
   * @param involuntarySwitches how often it was taken from them
   */
  public record Threads(long cpuNs, long voluntarySwitches, long involuntarySwitches) {
    /** Nothing. */
    public static final Threads NONE = new Threads(0, 0, 0);

    /** The two added up. */
    public Threads plus(Threads other) {
      return new Threads(
          cpuNs + other.cpuNs,
          voluntarySwitches + other.voluntarySwitches,
          involuntarySwitches + other.involuntarySwitches);
    }

    /** What came since an earlier moment. */
    public Threads since(Threads earlier) {
      return new Threads(
          cpuNs - earlier.cpuNs,
          voluntarySwitches - earlier.voluntarySwitches,
          involuntarySwitches - earlier.involuntarySwitches);
    }
  }
}
