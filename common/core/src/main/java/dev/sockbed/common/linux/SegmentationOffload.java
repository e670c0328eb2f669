package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;

/**
 * Whether the system carries several datagrams as one packet, and cuts it up as late, or joins them
 * as early, as it can: {@code UDP_SEGMENT} and {@code UDP_GRO}. Found out by trying it once, since
 * neither a version nor an option tells.
 *
 * @param mostSegments how many datagrams one message of a send may hold; 1 if it is not to be had
 * @param joins whether a message received may hold several
 * @see <a href="https://man7.org/linux/man-pages/man7/udp.7.html">udp(7)</a>
 */
record SegmentationOffload(int mostSegments, boolean joins) {
  /** What is tried, from the newest systems to the oldest: UDP_MAX_SEGMENTS of the kernel. */
  private static final int[] LIMITS = {128, 64};

  /** Found out when it is first asked for. */
  private static final class Found {
    static final SegmentationOffload HERE = tried();
  }

  static SegmentationOffload ofThisSystem() {
    return Found.HERE;
  }

  /** Lets a socket receive several datagrams as one message, if the system can. */
  static boolean join(DescriptorUse use) throws IOException {
    int descriptor = use.begin();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
      MemorySegment callState = arena.allocate(Libc.callState());
      return Libc.setsockopt(callState, descriptor, Libc.IPPROTO_UDP, Libc.UDP_GRO, on) == 0;
    } finally {
      use.end();
    }
  }

  private static SegmentationOffload tried() {
    try (DatagramChannel receiver = open();
        DatagramChannel sender = open()) {
      receiver.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      sender.connect(receiver.getLocalAddress());
      boolean joins = join(Objects.requireNonNull(DescriptorUse.of(receiver)));
      for (int limit : LIMITS) {
        if (sends(sender, limit)) {
          return new SegmentationOffload(limit, joins);
        }
      }
      return new SegmentationOffload(1, joins);
    } catch (IOException noLoopback) {
      return new SegmentationOffload(1, false);
    }
  }

  private static DatagramChannel open() throws IOException {
    return DatagramChannel.open(StandardProtocolFamily.INET);
  }

  private static boolean sends(DatagramChannel sender, int segments) throws IOException {
    OutgoingDatagrams attempt =
        new OutgoingDatagrams(
            Objects.requireNonNull(DescriptorUse.of(sender)),
            false,
            new SegmentationOffload(segments, false));
    for (int i = 0; i < segments; i++) {
      attempt.add(ByteBuffer.allocate(1), null);
    }
    return attempt.send() && attempt.segmentsWork();
  }

  @Override
  public String toString() {
    String sends =
        mostSegments > 1
            ? "sendmmsg with UDP_SEGMENT (%d datagrams a message)".formatted(mostSegments)
            : "sendmmsg (UDP_SEGMENT is refused)";
    return sends + ", " + (joins ? "recvmmsg with UDP_GRO" : "recvmmsg (UDP_GRO is refused)");
  }
}
