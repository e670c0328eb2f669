package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.nio.ByteBuffer;

/**
 * A network interface whose other end is this process: what the system sends through it is read
 * here as IP packets, and what is written here the system receives from it.
 *
 * <p>One thread reads and waits, one writes. Close it when neither does any more; the interface is
 * gone then, and also when the process dies.
 *
 * @see <a href="https://docs.kernel.org/networking/tuntap.html">the kernel's tuntap page</a>
 */
public final class TunDevice implements Closeable {
  /** The longest packet, the interface's MTU. */
  public static final int LONGEST_PACKET = 1_500;

  /** Nothing is there to be read. */
  public static final int NOTHING = -1;

  private static final String PATH = "/dev/net/tun";

  /** A user namespace does not help here. */
  private static final String ADVICE =
      "have root load the module (modprobe tun) and let others open it (chmod 666 "
          + PATH
          + "), or run it as root";

  private static final int TUNSETIFF = 0x400454ca;
  private static final short IFF_TUN = 0x0001;
  private static final short IFF_NO_PI = 0x1000;
  private static final int POLLFD_BYTES = 8;
  private static final int POLLFD_EVENTS_AT = 4;
  private static final short POLLIN = 1;
  private static final int TIMESPEC_BYTES = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment readState = arena.allocate(Libc.callState());
  private final MemorySegment writeState = arena.allocate(Libc.callState());
  private final MemorySegment poll = arena.allocate(POLLFD_BYTES, Integer.BYTES);
  private final MemorySegment timeout = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
  private final int descriptor;

  private TunDevice() {
    if (!NativeAccess.isThere()) {
      throw new NotOnThisSystemException("a TUN device");
    }
    MemorySegment path = arena.allocateFrom(PATH);
    descriptor =
        DeviceCalls.open(
            readState, path, DeviceCalls.O_RDWR | DeviceCalls.O_NONBLOCK | DeviceCalls.O_CLOEXEC);
    if (descriptor < 0) {
      int errno = Libc.errno(readState);
      arena.close();
      throw new NotPermittedException("open " + PATH, ErrorNumber.text(errno), ADVICE);
    }
  }

  /**
   * Makes an interface in the calling thread's network and brings it up.
   *
   * @param name at most 15 letters
   * @param prefix bits of the address that are the network
   * @param queuePackets packets that may wait to be read; more are dropped and counted by the
   *     system as {@code tx_dropped}
   * @throws NotPermittedException if this process may not
   * @throws NotOnThisSystemException where there are none
   */
  public static TunDevice open(String name, Inet4Address address, int prefix, int queuePackets) {
    TunDevice device = new TunDevice();
    try {
      device.attach(name);
      InterfaceSetup.bringUp(name, address, prefix, queuePackets);
      return device;
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private void attach(String name) {
    MemorySegment request = arena.allocate(InterfaceSetup.REQUEST_BYTES, Long.BYTES);
    InterfaceSetup.name(request, name);
    request.set(JAVA_SHORT, InterfaceSetup.VALUE_AT, (short) (IFF_TUN | IFF_NO_PI));
    if (DeviceCalls.ioctl(readState, descriptor, TUNSETIFF, request) != 0) {
      throw new NotPermittedException(
          "make a TUN interface", ErrorNumber.text(Libc.errno(readState)));
    }
  }

  /**
   * Reads the next packet, without waiting.
   *
   * @param packet a direct buffer; the packet is put at its position, which is moved behind it
   * @return its length, or {@link #NOTHING}
   * @throws IOException if the device fails
   */
  public int read(ByteBuffer packet) throws IOException {
    long length =
        DeviceCalls.read(readState, descriptor, MemorySegment.ofBuffer(packet), packet.remaining());
    if (length < 0) {
      int errno = Libc.errno(readState);
      if (errno == Libc.EAGAIN || errno == Libc.EINTR) {
        return NOTHING;
      }
      throw Libc.failure("read a TUN device", errno);
    }
    packet.position(packet.position() + (int) length);
    return (int) length;
  }

  /**
   * Hands a packet to the system. If its first bits are damaged, so that it is no IP packet any
   * more, the system throws it away, as it does with wrong checksums: it has taken it then.
   *
   * @param packet a direct buffer, from position to limit
   * @return false if the system had no room for it
   */
  public boolean write(ByteBuffer packet) {
    int length = packet.remaining();
    return DeviceCalls.write(writeState, descriptor, MemorySegment.ofBuffer(packet), length)
            == length
        || Libc.errno(writeState) == Libc.EINVAL;
  }

  /**
   * Waits until a packet can be read.
   *
   * @param nanos how long at most
   * @return whether one can be read
   */
  public boolean awaitReadable(long nanos) {
    poll.set(JAVA_INT, 0, descriptor);
    poll.set(JAVA_INT, POLLFD_EVENTS_AT, POLLIN);
    timeout.setAtIndex(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
    timeout.setAtIndex(JAVA_LONG, 1, nanos % NANOS_PER_SECOND);
    return DeviceCalls.ppoll(readState, poll, timeout) > 0;
  }

  @Override
  public void close() {
    DeviceCalls.close(readState, descriptor);
    arena.close();
  }
}
