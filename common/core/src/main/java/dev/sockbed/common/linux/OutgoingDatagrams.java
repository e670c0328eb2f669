package dev.sockbed.common.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams collected to be sent with one {@code sendmmsg(2)}. Such as follow each other to the
 * same peer and are of the same length, but for a shorter last one, become one message that the
 * system cuts up ({@code UDP_SEGMENT}); where it refuses to, each is a message of its own. Never
 * waits. Used by one thread at a time; allocates nothing but for a peer who was not sent to lately.
 *
 * @see IncomingDatagrams
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
 */
public final class OutgoingDatagrams {
  private static final int MESSAGES = 64;
  private static final int DATA_BYTES = 1 << 18;

  /** Over IPv6; over IPv4 it is 20 less, and the system says so. */
  private static final int LONGEST_DATAGRAM = 65_527;

  /** What the datagrams of one message may have together. */
  private static final int LONGEST_MESSAGE = 65_507;

  /** So often in a row the system may be out of buffers before a datagram is given up. */
  private static final int MOST_SHORTAGES = 1_000;

  private final DescriptorUse use;
  private final MemorySegment callState;
  private final ByteBuffer data;

  /** One more than there are messages: the last is for datagrams that must go alone. */
  private final MessageVector vector;

  private final SocketAddresses peers;
  private final int[] segmentBytes = new int[MESSAGES];
  private final int[] beginnings = new int[MESSAGES + 1];
  private final int[] nameLengths = new int[MESSAGES];

  /** How many datagrams a message may hold; 1 once the device has refused to cut them up. */
  private int mostSegments;

  /** Longer datagrams than this the way to the peer carries in pieces, which must go alone. */
  private int longestSegment = LONGEST_DATAGRAM;

  private int messages;
  private int lastSegments;
  private @Nullable InetSocketAddress lastPeer;

  /** Messages before this one have gone, or were given up. */
  private int first;

  /** How many bytes of the first message have gone as single datagrams; -1 if it goes as one. */
  private int aloneUpTo = -1;

  private int shortages;

  /** Nothing collected yet. */
  OutgoingDatagrams(DescriptorUse use, boolean inet6, SegmentationOffload offload) {
    this.use = use;
    this.peers = new SocketAddresses(inet6);
    this.mostSegments = offload.mostSegments();
    Arena arena = Arena.ofAuto();
    MemorySegment memory = arena.allocate(DATA_BYTES, Long.BYTES);
    this.callState = arena.allocate(Libc.callState());
    this.data = memory.asByteBuffer();
    this.vector = new MessageVector(arena, MESSAGES + 1, memory);
  }

  /**
   * Nothing collected yet.
   *
   * @param inet6 whether the socket is of that family
   */
  public OutgoingDatagrams(DescriptorUse use, boolean inet6) {
    this(use, inet6, SegmentationOffload.ofThisSystem());
  }

  /** How many datagrams wait to be sent. */
  public int count() {
    int count = 0;
    for (int i = first; i < messages; i++) {
      int bytes = beginnings[i + 1] - beginnings[i] - (i == first ? Math.max(aloneUpTo, 0) : 0);
      count += Math.max(1, Math.ceilDiv(bytes, Math.max(1, segmentBytes[i])));
    }
    return count;
  }

  /**
   * Collects a datagram, and moves the buffer's position behind it.
   *
   * @param peer to whom it goes; null if the socket is connected
   * @return false if there is no room before what was collected is sent
   * @throws IOException if it is longer than a datagram can be
   */
  public boolean add(ByteBuffer datagram, @Nullable InetSocketAddress peer) throws IOException {
    int length = datagram.remaining();
    if (length > LONGEST_DATAGRAM) {
      throw Libc.failure("sendmmsg", Libc.EMSGSIZE);
    }
    if (length > data.remaining() || first > 0 || aloneUpTo >= 0) {
      return false;
    }
    if (joinsLast(length, peer)) {
      lastSegments = length < segmentBytes[messages - 1] ? mostSegments : lastSegments + 1;
    } else {
      if (messages == MESSAGES) {
        return false;
      }
      begin(length, peer);
    }
    int at = data.position();
    data.put(at, datagram, datagram.position(), length).position(at + length);
    datagram.position(datagram.limit());
    beginnings[messages] = data.position();
    return true;
  }

  /**
   * Collects datagrams of one length that stand one after the other, and moves the buffer's
   * position behind those that were collected.
   *
   * @param length bytes of each; if that is 0 it is one
   * @param peer to whom they go; null if the socket is connected
   * @return false if there is no room for all before what was collected is sent
   * @throws IOException if they are longer than a datagram can be
   */
  public boolean addRun(ByteBuffer datagrams, int length, @Nullable InetSocketAddress peer)
      throws IOException {
    int end = datagrams.limit();
    try {
      do {
        datagrams.limit(datagrams.position() + length);
        if (!add(datagrams, peer)) {
          return false;
        }
        datagrams.limit(end);
        addToLast(datagrams, length);
      } while (datagrams.hasRemaining());
      return true;
    } finally {
      datagrams.limit(end);
    }
  }

  /** As many as fit into the message that was begun last, in one piece. */
  private void addToLast(ByteBuffer datagrams, int length) {
    int last = messages - 1;
    if (length == 0 || length != segmentBytes[last] || length > longestSegment) {
      return;
    }
    int room = Math.min(LONGEST_MESSAGE - (data.position() - beginnings[last]), data.remaining());
    int more =
        Math.min(Math.min(room, datagrams.remaining()) / length, mostSegments - lastSegments);
    if (more > 0) {
      int at = data.position();
      data.put(at, datagrams, datagrams.position(), more * length).position(at + more * length);
      datagrams.position(datagrams.position() + more * length);
      lastSegments += more;
      beginnings[messages] = data.position();
    }
  }

  private boolean joinsLast(int length, @Nullable InetSocketAddress peer) {
    if (messages == 0 || lastSegments >= mostSegments || length == 0) {
      return false;
    }
    int segment = segmentBytes[messages - 1];
    return length <= segment
        && segment <= longestSegment
        && data.position() - beginnings[messages - 1] + length <= LONGEST_MESSAGE
        && AddressScope.same(peer, lastPeer);
  }

  private void begin(int length, @Nullable InetSocketAddress peer) {
    int bytes =
        peer == null
            ? 0
            : peers.encode(peer, vector.names(), (long) messages * SocketAddresses.BYTES);
    nameLengths[messages] = bytes;
    segmentBytes[messages] = length;
    lastSegments = 1;
    lastPeer = peer;
    messages++;
  }

  /**
   * Sends what was collected, or goes on doing so.
   *
   * @return false if the system has no room now; to be called again then
   * @throws PortUnreachableException if the connected peer refused an earlier datagram; all that
   *     was collected is still there
   * @throws AsynchronousCloseException if the socket is closed
   * @throws IOException if one datagram could not be sent, which is given up; those behind it are
   *     still there
   */
  public boolean send() throws IOException {
    if (first == 0 && aloneUpTo < 0) {
      prepare();
    }
    while (first < messages) {
      int errno = aloneUpTo < 0 ? sendMessages() : sendAlone();
      switch (errno) {
        case 0 -> shortages = 0;
        case Libc.EINTR -> {}
        case Libc.EAGAIN -> {
          return false;
        }
        case Libc.ENOBUFS -> {
          shortages++;
          if (shortages <= MOST_SHORTAGES) {
            return false;
          }
          shortages = 0;
          giveUpOne(errno);
        }
        default -> giveUpOne(errno);
      }
    }
    clear();
    return true;
  }

  /** Forgets what was collected. */
  public void clear() {
    messages = 0;
    first = 0;
    aloneUpTo = -1;
    data.clear();
  }

  /** Writes the headers; a message that was collected may have grown since it was begun. */
  private void prepare() {
    for (int i = 0; i < messages; i++) {
      int length = beginnings[i + 1] - beginnings[i];
      vector.setBuffer(i, beginnings[i], length);
      vector.setNameLength(i, nameLengths[i]);
      vector.setSegmentBytes(i, length > segmentBytes[i] ? segmentBytes[i] : 0);
    }
  }

  /** Returns 0 or an errno. */
  private int sendMessages() throws IOException {
    int sent = call(first, messages - first);
    first += Math.max(sent, 0);
    return sent < 0 ? Libc.errno(callState) : 0;
  }

  /** Sends the next datagram of the first message by itself; returns 0 or an errno. */
  private int sendAlone() throws IOException {
    int length = lengthAlone();
    vector.setBuffer(MESSAGES, beginnings[first] + aloneUpTo, length);
    vector.setNameLength(MESSAGES, nameLengths[first]);
    vector.setSegmentBytes(MESSAGES, 0);
    vector.copyName(first, MESSAGES);
    int sent = call(MESSAGES, 1);
    if (sent < 0) {
      return Libc.errno(callState);
    }
    passAlone(length);
    return 0;
  }

  private int lengthAlone() {
    int left = beginnings[first + 1] - beginnings[first] - aloneUpTo;
    return Math.min(segmentBytes[first], left);
  }

  private void passAlone(int length) {
    aloneUpTo += length;
    if (beginnings[first] + aloneUpTo >= beginnings[first + 1]) {
      first++;
      aloneUpTo = -1;
    }
  }

  private int call(int from, int count) throws IOException {
    int descriptor = use.begin();
    try {
      return Libc.sendmmsg(callState, descriptor, vector.from(from), count);
    } finally {
      use.end();
    }
  }

  /** Deals with an error of the first message: of one datagram, if it has several. */
  private void giveUpOne(int errno) throws IOException {
    if (errno == Libc.ECONNREFUSED && nameLengths[first] == 0) {
      throw Libc.failure("sendmmsg", errno); // An earlier one was; this call sent nothing.
    }
    boolean several = beginnings[first + 1] - beginnings[first] > segmentBytes[first];
    if (aloneUpTo < 0 && several) {
      // Each has its own fate then. The device can't cut up, or not to this length.
      aloneUpTo = 0;
      if (errno == Libc.EIO) {
        mostSegments = 1;
      } else if (errno == Libc.EMSGSIZE || errno == Libc.EINVAL) {
        longestSegment = Math.min(longestSegment, segmentBytes[first] - 1);
      }
      return;
    }
    if (aloneUpTo < 0) {
      first++;
    } else {
      passAlone(lengthAlone());
    }
    throw Libc.failure("sendmmsg", errno);
  }

  /** Whether no message had to be taken apart yet. */
  boolean segmentsWork() {
    return mostSegments > 1 && longestSegment == LONGEST_DATAGRAM;
  }
}
