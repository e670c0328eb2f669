package dev.sockbed.common.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.SocketChannel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the system knows about a TCP connection, at one moment: {@code getsockopt(TCP_INFO)}.
 *
 * @param state where the connection is in its life
 * @param smoothedRttMicros the round-trip time that this end has estimated, by RFC 6298
 * @param rttVariationMicros how much that time varies, by RFC 6298
 * @param congestionWindowSegments how many segments may be under way
 * @param segmentBytes the longest segment that this end sends
 * @param unacknowledgedSegments sent and not acknowledged yet
 * @param lostSegments of those, how many are taken for lost
 * @param retransmitted segments sent again since the connection was made
 * @param bytesAcknowledged bytes sent since then that the peer has acknowledged; this and the
 *     following are 0 before Linux 4.6
 * @param bytesReceived bytes received since then
 * @param dataSegmentsReceived segments with data that brought them
 * @param dataSegmentsSent segments with data that were sent
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7), TCP_INFO</a>
 */
public record TcpInfo(
    TcpState state,
    long smoothedRttMicros,
    long rttVariationMicros,
    long congestionWindowSegments,
    long segmentBytes,
    long unacknowledgedSegments,
    long lostSegments,
    long retransmitted,
    long bytesAcknowledged,
    long bytesReceived,
    long dataSegmentsReceived,
    long dataSegmentsSent) {

  // Offsets into struct tcp_info of linux/tcp.h, which only ever grows at its end.
  private static final int STATE = 0;
  private static final int SEGMENT_BYTES = 16;
  private static final int UNACKNOWLEDGED = 24;
  private static final int LOST = 32;
  private static final int SMOOTHED_RTT = 68;
  private static final int RTT_VARIATION = 72;
  private static final int CONGESTION_WINDOW = 80;
  private static final int RETRANSMITTED = 100;
  private static final int BYTES_ACKNOWLEDGED = 120;
  private static final int BYTES_RECEIVED = 128;
  private static final int DATA_SEGMENTS_RECEIVED = 152;
  private static final int DATA_SEGMENTS_SENT = 156;
  private static final int BYTES = 160;

  /** What every Linux tells that runs this JDK. */
  private static final int FEWEST_BYTES = 104;

  /**
   * Asks the system.
   *
   * @return null where the system or the JDK does not tell, and for a closed channel
   */
  public static @Nullable TcpInfo of(SocketChannel channel) {
    OptionalInt descriptor = Descriptor.of(channel);
    if (descriptor.isEmpty() || !channel.isOpen()) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(BYTES, Long.BYTES);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, BYTES);
      int result =
          Libc.getsockopt(
              arena.allocate(Libc.callState()),
              descriptor.getAsInt(),
              Libc.IPPROTO_TCP,
              Libc.TCP_INFO,
              info,
              length);
      // A channel says that it is closed before its descriptor may become another's.
      boolean ours = channel.isOpen();
      boolean whole = ours && result == 0 && length.get(ValueLayout.JAVA_INT, 0) >= FEWEST_BYTES;
      return whole ? decoded(info) : null;
    }
  }

  private static TcpInfo decoded(MemorySegment info) {
    return new TcpInfo(
        TcpState.of(info.get(ValueLayout.JAVA_BYTE, STATE)),
        unsigned(info, SMOOTHED_RTT),
        unsigned(info, RTT_VARIATION),
        unsigned(info, CONGESTION_WINDOW),
        unsigned(info, SEGMENT_BYTES),
        unsigned(info, UNACKNOWLEDGED),
        unsigned(info, LOST),
        unsigned(info, RETRANSMITTED),
        info.get(ValueLayout.JAVA_LONG, BYTES_ACKNOWLEDGED),
        info.get(ValueLayout.JAVA_LONG, BYTES_RECEIVED),
        unsigned(info, DATA_SEGMENTS_RECEIVED),
        unsigned(info, DATA_SEGMENTS_SENT));
  }

  private static long unsigned(MemorySegment info, int offset) {
    return Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, offset));
  }
}
