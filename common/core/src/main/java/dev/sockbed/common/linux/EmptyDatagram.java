package dev.sockbed.common.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.OptionalInt;

/** A datagram without data to the connected peer, which the JDK's write and send leave out. */
public final class EmptyDatagram {
  private EmptyDatagram() {}

  /**
   * Sends it: {@code send(2)} of nothing.
   *
   * @throws IOException where the system or the JDK does not let us
   * @throws ClosedChannelException if the channel is closed
   * @throws PortUnreachableException if the peer refused an earlier datagram
   */
  public static void send(DatagramChannel channel) throws IOException {
    OptionalInt descriptor = Descriptor.of(channel);
    if (descriptor.isEmpty()) {
      throw new IOException(
          "the JDK sends no empty datagram from a connected socket; use sendTo from another");
    }
    try (DuplicateDescriptor duplicate = DuplicateDescriptor.of(channel, descriptor);
        Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      if (Libc.sendNothing(callState, duplicate.number()) < 0) {
        throw Libc.failure("send", Libc.errno(callState));
      }
    }
  }
}
