package dev.sockbed.common.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.OptionalInt;

/**
 * A second descriptor of a channel's socket, for a call that the JDK does not know of: it stays
 * that socket's whoever closes the channel meanwhile, while the channel's own number may become
 * another socket's. For calls that are rare; {@link DescriptorUse} is for those that are many.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2), F_DUPFD_CLOEXEC</a>
 */
final class DuplicateDescriptor implements AutoCloseable {
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final MethodHandle FCNTL =
      Libc.variadic("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private final int number;

  private DuplicateDescriptor(int number) {
    this.number = number;
  }

  /**
   * Makes one.
   *
   * @param descriptor the channel's own
   * @throws ClosedChannelException if the channel is closed
   * @throws IOException if there are no more descriptors
   */
  static DuplicateDescriptor of(Channel channel, OptionalInt descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      int number = fcntl(callState, descriptor.getAsInt());
      int error = Libc.errno(callState);
      DuplicateDescriptor duplicate = new DuplicateDescriptor(number);
      // A channel says that it is closed before its descriptor is; so now it is surely its own.
      if (!channel.isOpen()) {
        duplicate.close();
        throw new ClosedChannelException();
      }
      if (number < 0) {
        throw Libc.failure("fcntl", error);
      }
      return duplicate;
    }
  }

  private static int fcntl(MemorySegment callState, int descriptor) {
    try {
      return (int) FCNTL.invokeExact(callState, descriptor, F_DUPFD_CLOEXEC, 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  int number() {
    return number;
  }

  @Override
  public void close() {
    if (number < 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      DeviceCalls.close(arena.allocate(Libc.callState()), number);
    }
  }
}
