package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.DatagramChannel;

/**
 * Tells replies from requests, so that two sockets that answer whatever comes don't answer each
 * other for ever. A reply can't be told by its bytes, which are the request's, nor by its port. So
 * it leaves with a hop limit (over IPv4, a time to live) that no system gives to what it sends by
 * itself, and the socket's filter drops what arrives with what is left of such a one. A request has
 * another hop limit, whatever its bytes, port and rate. Only a host whose system begins with 200
 * and that is 10 to 49 hops away loses what it sends.
 *
 * <pre>
 * hop limit of a packet, when sent:  32  64  128        REPLY  255
 * a reply's, when received:                     FEWEST..REPLY
 * </pre>
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/filter.html">Linux socket
 *     filters</a>
 */
public final class ReplyMark {
  /** Between the 128 and the 255 that systems begin with, and below 200, which one begins with. */
  static final int REPLY = 190;

  /** A way of more hops than lead from 190 to this is longer than any on the Internet. */
  static final int FEWEST = 151;

  private static final int INET_TTL_OFFSET = 8;
  private static final int INET6_HOP_LIMIT_OFFSET = 7;

  // From linux/filter.h: where the network header begins, and the instructions.
  private static final int SKF_NET_OFF = -0x10_0000;
  private static final short LOAD_BYTE = 0x30;
  private static final short JUMP_IF_GREATER = 0x25;
  private static final short JUMP_IF_NOT_LESS = 0x35;
  private static final short RETURN = 0x06;
  private static final int INSTRUCTION_BYTES = 8;
  private static final int PROGRAM_BYTES = 16;

  private ReplyMark() {}

  /**
   * Marks what this socket sends from now on, and lets it receive nothing that is so marked.
   *
   * @param inet6 whether the socket is of that family
   * @return false where that can't be had: on systems other than Linux, and without native access
   * @throws IOException if the socket is closed
   */
  public static boolean set(DatagramChannel channel, boolean inet6) throws IOException {
    DescriptorUse use = DescriptorUse.of(channel);
    if (use == null) {
      return false;
    }
    int descriptor = use.begin();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      MemorySegment hops = arena.allocateFrom(JAVA_INT, REPLY);
      int level = Libc.levelOf(inet6);
      int option = Libc.hopLimitOf(inet6);
      return Libc.setsockopt(
                  callState,
                  descriptor,
                  Libc.SOL_SOCKET,
                  Libc.SO_ATTACH_FILTER,
                  filter(arena, inet6))
              == 0
          && Libc.setsockopt(callState, descriptor, level, option, hops) == 0;
    } finally {
      use.end();
    }
  }

  /** The {@code struct sock_fprog}: u16 number of instructions, their address. */
  private static MemorySegment filter(Arena arena, boolean inet6) {
    int hopLimit = SKF_NET_OFF + (inet6 ? INET6_HOP_LIMIT_OFFSET : INET_TTL_OFFSET);
    MemorySegment code = arena.allocate(5 * INSTRUCTION_BYTES, Long.BYTES);
    put(code, 0, LOAD_BYTE, 0, 0, hopLimit);
    put(code, 1, JUMP_IF_NOT_LESS, 0, 2, FEWEST);
    put(code, 2, JUMP_IF_GREATER, 1, 0, REPLY);
    put(code, 3, RETURN, 0, 0, 0); // A reply: keep none of its bytes.
    put(code, 4, RETURN, 0, 0, -1); // Keep all.
    MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
    program.set(JAVA_SHORT, 0, (short) 5);
    program.set(ADDRESS, Long.BYTES, code);
    return program;
  }

  /**
   * A {@code struct sock_filter}: u16 code, u8 and u8 how far to jump if so or not, u32 operand.
   */
  private static void put(
      MemorySegment code, int index, short operation, int ifTrue, int ifFalse, int operand) {
    long at = (long) index * INSTRUCTION_BYTES;
    code.set(JAVA_SHORT, at, operation);
    code.set(JAVA_BYTE, at + 2, (byte) ifTrue);
    code.set(JAVA_BYTE, at + 3, (byte) ifFalse);
    code.set(JAVA_INT, at + 4, operand);
  }
}
