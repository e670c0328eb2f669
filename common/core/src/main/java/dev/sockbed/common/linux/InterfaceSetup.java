package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;

/**
 * Sets network interfaces up in the calling thread's network, by {@code ioctl(2)}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netdevice.7.html">netdevice(7)</a>
 */
final class InterfaceSetup implements AutoCloseable {
  /** {@code struct ifreq}: a name of 16 bytes, then a union of 24. */
  static final int REQUEST_BYTES = 40;

  static final int VALUE_AT = 16;

  private static final int SIOCGIFFLAGS = 0x8913;
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final int SIOCSIFADDR = 0x8916;
  private static final int SIOCSIFNETMASK = 0x891c;
  private static final int SIOCGIFINDEX = 0x8933;
  private static final short IFF_UP = 1;
  private static final int ADDRESS_AT = VALUE_AT + 4;

  // struct nlmsghdr, struct ifinfomsg and one struct rtattr with a number.
  private static final int SET_LINK_BYTES = 40;
  private static final int INDEX_AT = 20;
  private static final int ATTRIBUTE_AT = 32;
  private static final short ATTRIBUTE_BYTES = 8;
  private static final short RTM_SETLINK = 19;
  private static final short NLM_F_REQUEST = 1;
  private static final short IFLA_TXQLEN = 13;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment callState = arena.allocate(Libc.callState());
  private final MemorySegment request = arena.allocate(REQUEST_BYTES, Long.BYTES);
  private final String name;
  private final int descriptor;

  private InterfaceSetup(String name) {
    this.name = name;
    descriptor = DeviceCalls.socket(callState, DeviceCalls.AF_INET, DeviceCalls.SOCK_DGRAM);
    if (descriptor < 0) {
      throw failure("open a socket");
    }
  }

  /** Brings an interface up. */
  static void bringUp(String name) {
    try (InterfaceSetup setup = new InterfaceSetup(name)) {
      setup.up();
    }
  }

  /**
   * Gives an interface an address, a network and a queue, and brings it up.
   *
   * @param prefix bits of the address that are the network
   * @param queuePackets packets that may wait for whoever reads the device
   */
  static void bringUp(String name, Inet4Address address, int prefix, int queuePackets) {
    try (InterfaceSetup setup = new InterfaceSetup(name)) {
      setup.address(SIOCSIFADDR, address.getAddress());
      int mask = -1 << (Integer.SIZE - prefix);
      setup.address(
          SIOCSIFNETMASK,
          new byte[] {(byte) (mask >> 24), (byte) (mask >> 16), (byte) (mask >> 8), (byte) mask});
      setup.queue(queuePackets);
      setup.up();
    }
  }

  /**
   * Sets how many packets may wait, by rtnetlink(7): the older {@code SIOCSIFTXQLEN} asks for more
   * rights than who has made the network in a user namespace has.
   */
  private void queue(int packets) {
    clear();
    ask(SIOCGIFINDEX);
    int index = request.get(JAVA_INT, VALUE_AT);
    MemorySegment message = arena.allocate(SET_LINK_BYTES, Integer.BYTES);
    message.set(JAVA_INT, 0, SET_LINK_BYTES);
    message.set(JAVA_SHORT, 4, RTM_SETLINK);
    message.set(JAVA_SHORT, 6, NLM_F_REQUEST);
    message.set(JAVA_INT, INDEX_AT, index);
    message.set(JAVA_SHORT, ATTRIBUTE_AT, ATTRIBUTE_BYTES);
    message.set(JAVA_SHORT, ATTRIBUTE_AT + Short.BYTES, IFLA_TXQLEN);
    message.set(JAVA_INT, ATTRIBUTE_AT + Integer.BYTES, packets);
    int netlink = DeviceCalls.socket(callState, DeviceCalls.AF_NETLINK, DeviceCalls.SOCK_DGRAM);
    if (netlink < 0) {
      throw failure("open a netlink socket");
    }
    try {
      if (DeviceCalls.write(callState, netlink, message, SET_LINK_BYTES) != SET_LINK_BYTES) {
        throw failure("set the queue of the interface " + name);
      }
    } finally {
      DeviceCalls.close(callState, netlink);
    }
  }

  private void up() {
    clear();
    ask(SIOCGIFFLAGS);
    request.set(JAVA_SHORT, VALUE_AT, (short) (request.get(JAVA_SHORT, VALUE_AT) | IFF_UP));
    ask(SIOCSIFFLAGS);
  }

  private void address(int what, byte[] bytes) {
    clear();
    request.set(JAVA_SHORT, VALUE_AT, (short) DeviceCalls.AF_INET);
    MemorySegment.copy(bytes, 0, request, JAVA_BYTE, ADDRESS_AT, bytes.length);
    ask(what);
  }

  private void clear() {
    name(request, name);
  }

  /** Clears a request and writes an interface's name into it. */
  static void name(MemorySegment request, String name) {
    request.fill((byte) 0);
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    MemorySegment.copy(bytes, 0, request, JAVA_BYTE, 0, bytes.length);
  }

  private void ask(int what) {
    if (DeviceCalls.ioctl(callState, descriptor, what, request) != 0) {
      throw failure("set up the interface " + name);
    }
  }

  private NotPermittedException failure(String what) {
    return new NotPermittedException(what, ErrorNumber.text(Libc.errno(callState)));
  }

  @Override
  public void close() {
    DeviceCalls.close(callState, descriptor);
    arena.close();
  }
}
