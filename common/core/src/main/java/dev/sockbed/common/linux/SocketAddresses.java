package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Socket addresses between the system's form and the JDK's. Remembers the last ones, so that a peer
 * who is heard or sent to again makes no garbage. Used by one thread at a time.
 *
 * <pre>
 * struct sockaddr_in (16 bytes)         struct sockaddr_in6 (28 bytes)
 *    0  u16 family, this machine's       0  u16 family, this machine's
 *    2  u16 port, big-endian             2  u16 port, big-endian
 *    4  u32 address, big-endian          4  u32 flow information
 *    8  zeros                            8  u8[16] address
 *                                       24  u32 scope, this machine's
 * </pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/ipv6.7.html">ipv6(7)</a>
 */
final class SocketAddresses {
  /** Room for either form, and a multiple of eight. */
  static final int BYTES = 32;

  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int INET_BYTES = 16;
  private static final int INET6_BYTES = 28;

  private static final int PORT = 2;
  private static final int INET_ADDRESS = 4;
  private static final int INET6_ADDRESS = 8;
  private static final int SCOPE = 24;

  /** Beginning of an IPv4 address in IPv6: RFC 4291, section 2.5.5.2. */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private static final int PLACES = 256;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final boolean inet6;
  private final long[] known = new long[PLACES * BYTES / Long.BYTES];
  private final @Nullable InetSocketAddress[] addresses = new InetSocketAddress[PLACES];

  /**
   * Knows nobody yet.
   *
   * @param inet6 whether the socket is of that family, so that IPv4 addresses are mapped into it
   */
  SocketAddresses(boolean inet6) {
    this.inet6 = inet6;
  }

  /** The JDK's form of the address that begins at that offset. */
  InetSocketAddress decode(MemorySegment names, long offset) {
    boolean longForm = names.get(JAVA_SHORT, offset) == AF_INET6;
    long first = names.get(JAVA_LONG, offset);
    long second = 0;
    long third = 0;
    long scope = 0;
    if (longForm) {
      first &= 0xFFFF_FFFFL; // Not the flow.
      second = names.get(JAVA_LONG, offset + INET6_ADDRESS);
      third = names.get(JAVA_LONG, offset + INET6_ADDRESS + Long.BYTES);
      scope = names.get(JAVA_INT, offset + SCOPE);
    }
    int place = place((first ^ Long.rotateLeft(third, 21) ^ second ^ scope) * GOLDEN_RATIO);
    int at = place * BYTES / Long.BYTES;
    InetSocketAddress address = addresses[place];
    if (address == null
        || known[at] != first
        || known[at + 1] != second
        || known[at + 2] != third
        || known[at + 3] != scope) {
      address = longForm ? inet6(names, offset) : inet(names, offset);
      known[at] = first;
      known[at + 1] = second;
      known[at + 2] = third;
      known[at + 3] = scope;
      addresses[place] = address;
    }
    return address;
  }

  /**
   * Writes the system's form of an address.
   *
   * @return how many bytes it has
   * @throws UnsupportedAddressTypeException if it is IPv6 and the socket is not
   */
  int encode(InetSocketAddress address, MemorySegment names, long offset) {
    int place = place(address.hashCode() * GOLDEN_RATIO);
    int at = place * BYTES / Long.BYTES;
    if (!AddressScope.same(address, addresses[place])) {
      byte[] bytes = inet6 ? inet6(address) : inet(address);
      for (int i = 0; i < BYTES / Long.BYTES; i++) {
        known[at + i] = MemorySegment.ofArray(bytes).get(JAVA_LONG.withByteAlignment(1), i * 8L);
      }
      addresses[place] = address;
    }
    for (int i = 0; i < BYTES / Long.BYTES; i++) {
      names.set(JAVA_LONG, offset + (long) i * Long.BYTES, known[at + i]);
    }
    return inet6 ? INET6_BYTES : INET_BYTES;
  }

  private static int place(long hash) {
    return (int) (hash >>> 56);
  }

  private static InetSocketAddress inet(MemorySegment names, long offset) {
    byte[] address = names.asSlice(offset + INET_ADDRESS, 4).toArray(JAVA_BYTE);
    return resolved(address, null, port(names, offset));
  }

  private static InetSocketAddress inet6(MemorySegment names, long offset) {
    byte[] address = names.asSlice(offset + INET6_ADDRESS, 16).toArray(JAVA_BYTE);
    int scope = names.get(JAVA_INT, offset + SCOPE);
    return resolved(address, scope == 0 ? null : scope, port(names, offset));
  }

  private static int port(MemorySegment names, long offset) {
    return Short.toUnsignedInt(Short.reverseBytes(names.get(JAVA_SHORT, offset + PORT)));
  }

  private static InetSocketAddress resolved(byte[] bytes, @Nullable Integer scope, int port) {
    try {
      InetAddress address =
          scope == null
              ? InetAddress.getByAddress(bytes)
              : Inet6Address.getByAddress(null, bytes, scope);
      return new InetSocketAddress(address, port);
    } catch (UnknownHostException notAnAddress) {
      throw new IllegalStateException(notAnAddress); // Of 4 or 16 bytes, always one.
    }
  }

  private static byte[] inet(InetSocketAddress end) {
    if (!(end.getAddress() instanceof Inet4Address address)) {
      throw new UnsupportedAddressTypeException(); // As the JDK's own channels do.
    }
    byte[] bytes = begun(AF_INET, end.getPort());
    System.arraycopy(address.getAddress(), 0, bytes, INET_ADDRESS, 4);
    return bytes;
  }

  private static byte[] inet6(InetSocketAddress end) {
    InetAddress address = Objects.requireNonNull(end.getAddress(), "not resolved");
    byte[] bytes = begun(AF_INET6, end.getPort());
    byte[] own = address.getAddress();
    if (address instanceof Inet6Address scoped) {
      System.arraycopy(own, 0, bytes, INET6_ADDRESS, own.length);
      MemorySegment.ofArray(bytes).set(JAVA_INT.withByteAlignment(1), SCOPE, scoped.getScopeId());
    } else {
      System.arraycopy(MAPPED, 0, bytes, INET6_ADDRESS, MAPPED.length);
      System.arraycopy(own, 0, bytes, INET6_ADDRESS + MAPPED.length, own.length);
    }
    return bytes;
  }

  private static byte[] begun(short family, int port) {
    byte[] bytes = Arrays.copyOf(new byte[] {(byte) family, 0}, BYTES);
    bytes[PORT] = (byte) (port >>> Byte.SIZE);
    bytes[PORT + 1] = (byte) port;
    return bytes;
  }
}
