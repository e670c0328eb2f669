package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.util.OptionalInt;

/**
 * Lets a receive look into the network device's queue itself, instead of waiting for the device's
 * interrupt: {@code SO_BUSY_POLL}. It is for who spins anyway. A device without a driver for it,
 * loopback for one, does as before. Raising the time needs {@code CAP_NET_ADMIN}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7), SO_BUSY_POLL</a>
 */
public final class BusyPoll {
  /** How long one call looks; what the kernel's documentation recommends. */
  public static final int MICROS = 50;

  private static final class Found {
    static final boolean GRANTED = tried();
  }

  private BusyPoll() {}

  /** Whether this process may have it. */
  public static boolean isGranted() {
    return Found.GRANTED;
  }

  /**
   * Asks for it, if this process may have it.
   *
   * @return whether it was granted
   */
  public static boolean request(Channel channel) {
    return isGranted() && set(channel);
  }

  private static boolean set(Channel channel) {
    OptionalInt descriptor = Descriptor.of(channel);
    if (descriptor.isEmpty()) {
      return false;
    }
    try (DuplicateDescriptor duplicate = DuplicateDescriptor.of(channel, descriptor);
        Arena arena = Arena.ofConfined()) {
      MemorySegment micros = arena.allocateFrom(JAVA_INT, MICROS);
      MemorySegment callState = arena.allocate(Libc.callState());
      return Libc.setsockopt(
              callState, duplicate.number(), Libc.SOL_SOCKET, Libc.SO_BUSY_POLL, micros)
          == 0;
    } catch (IOException closedOrNoDescriptors) {
      return false;
    }
  }

  private static boolean tried() {
    try (DatagramChannel channel = DatagramChannel.open()) {
      return set(channel);
    } catch (IOException noSocketsAtAll) {
      return false;
    }
  }
}
