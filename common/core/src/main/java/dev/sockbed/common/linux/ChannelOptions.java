package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code setsockopt(2)} that a socket has on Linux and the JDK does not name. For
 * sockets that are being set up: each call makes a second descriptor.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public final class ChannelOptions {
  private static final int SO_BINDTODEVICE = 25;
  private static final int TCP_CONGESTION = 13;

  /** {@code TCP_CA_NAME_MAX} and {@code IFNAMSIZ}, the final zero included. */
  private static final int LONGEST_NAME = 16;

  private static final Path CONGESTION_CONTROLS =
      Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

  private ChannelOptions() {}

  /**
   * Sets by which algorithm a connection finds out how fast it may send: {@code TCP_CONGESTION}.
   *
   * @param name as the kernel has it, for instance {@code cubic}
   * @throws NotOnThisSystemException where that can't be had
   * @throws NotPermittedException if the kernel has none of that name, or this process may not use
   *     it
   * @throws IOException if the socket is closed
   */
  public static void setCongestionControl(Channel channel, String name) throws IOException {
    set(
        channel,
        Libc.IPPROTO_TCP,
        TCP_CONGESTION,
        name,
        "use the congestion control " + name,
        "this kernel offers "
            + congestionControls()
            + " (load another as root, by modprobe tcp_NAME)");
  }

  /** The congestion controls that this kernel offers at the moment, with spaces between them. */
  private static String congestionControls() {
    try {
      return Files.readString(CONGESTION_CONTROLS).strip();
    } catch (IOException notTold) {
      return "others";
    }
  }

  /**
   * Sets the only interface by which packets leave and come: {@code SO_BINDTODEVICE}.
   *
   * @param name as in {@code eth0}
   * @throws NotOnThisSystemException where that can't be had
   * @throws NotPermittedException if there is none of that name, or this process may not
   * @throws IOException if the socket is closed
   */
  public static void setInterface(Channel channel, String name) throws IOException {
    set(
        channel,
        Libc.SOL_SOCKET,
        SO_BINDTODEVICE,
        name,
        "use the interface " + name,
        "ip -brief link lists the interfaces");
  }

  /**
   * Sets how many hops a packet may make: {@code IP_TTL} or {@code IPV6_UNICAST_HOPS}.
   *
   * @param inet6 whether the socket is of that family
   * @throws NotOnThisSystemException where that can't be had
   * @throws IOException if the system refuses it
   */
  public static void setHopLimit(Channel channel, boolean inet6, int hops) throws IOException {
    try (DuplicateDescriptor duplicate = duplicate(channel, "a TTL");
        Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      MemorySegment value = arena.allocateFrom(JAVA_INT, hops);
      int level = Libc.levelOf(inet6);
      int option = Libc.hopLimitOf(inet6);
      if (Libc.setsockopt(callState, duplicate.number(), level, option, value) != 0) {
        throw Libc.failure("setsockopt", Libc.errno(callState));
      }
    }
  }

  /**
   * Lets the system acknowledge what comes at once: {@code TCP_QUICKACK}, which lasts only until
   * the system finds that delaying is better. Allocates nothing.
   *
   * @throws NotOnThisSystemException where that can't be had
   * @throws IOException if the socket is closed
   */
  public static void acknowledgeAtOnce(SocketChannel channel) throws IOException {
    if (!channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      throw new NotOnThisSystemException("to acknowledge at once (TCP_QUICKACK)");
    }
    channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
  }

  private static void set(
      Channel channel, int level, int option, String name, String what, String advice)
      throws IOException {
    try (DuplicateDescriptor duplicate = duplicate(channel, "to " + what);
        Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      MemorySegment value = arena.allocateFrom(name, StandardCharsets.UTF_8);
      if (Libc.setsockopt(callState, duplicate.number(), level, option, value) != 0) {
        throw new NotPermittedException(what, ErrorNumber.text(Libc.errno(callState)), advice);
      }
    }
  }

  /** The congestion control in use, or null where the system does not tell. */
  public static @Nullable String congestionControl(Channel channel) throws IOException {
    return name(channel, Libc.IPPROTO_TCP, TCP_CONGESTION);
  }

  /** The only interface that is used, or null for any and where the system does not tell. */
  public static @Nullable String networkInterface(Channel channel) throws IOException {
    return name(channel, Libc.SOL_SOCKET, SO_BINDTODEVICE);
  }

  /** How many hops a packet may make, or null where the system does not tell. */
  public static @Nullable Integer hopLimit(Channel channel, boolean inet6) throws IOException {
    int level = Libc.levelOf(inet6);
    int option = Libc.hopLimitOf(inet6);
    byte[] value = get(channel, level, option, Integer.BYTES);
    return value == null || value.length < Integer.BYTES
        ? null
        : (Integer) MemorySegment.ofArray(value).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  private static @Nullable String name(Channel channel, int level, int option) throws IOException {
    byte[] value = get(channel, level, option, LONGEST_NAME);
    if (value == null) {
      return null;
    }
    int length = 0;
    while (length < value.length && value[length] != 0) {
      length++;
    }
    return length == 0 ? null : new String(value, 0, length, StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] get(Channel channel, int level, int option, int room)
      throws IOException {
    OptionalInt descriptor = Descriptor.of(channel);
    if (descriptor.isEmpty()) {
      return null;
    }
    try (DuplicateDescriptor duplicate = DuplicateDescriptor.of(channel, descriptor);
        Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(room, Integer.BYTES);
      MemorySegment length = arena.allocateFrom(JAVA_INT, room);
      MemorySegment callState = arena.allocate(Libc.callState());
      int result = Libc.getsockopt(callState, duplicate.number(), level, option, value, length);
      return result == 0
          ? value.asSlice(0, length.get(JAVA_INT, 0)).toArray(ValueLayout.JAVA_BYTE)
          : null;
    }
  }

  private static DuplicateDescriptor duplicate(Channel channel, String what) throws IOException {
    OptionalInt descriptor = Descriptor.of(channel);
    if (descriptor.isEmpty()) {
      throw new NotOnThisSystemException(what);
    }
    return DuplicateDescriptor.of(channel, descriptor);
  }
}
