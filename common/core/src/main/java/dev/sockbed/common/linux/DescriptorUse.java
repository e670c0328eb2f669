package dev.sockbed.common.linux;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a channel's descriptor from being closed, and its number from being given to another
 * socket, while a system call uses it that the JDK does not know of. The calls must not wait: who
 * closes leaves the closing to the last of them, and goes on.
 */
public final class DescriptorUse implements Closeable {
  private static final int CLOSED = 1 << 30;

  private final Channel channel;
  private final int descriptor;

  /** How many calls go on, and {@link #CLOSED}. */
  private final AtomicInteger state = new AtomicInteger();

  private DescriptorUse(Channel channel, int descriptor) {
    this.channel = channel;
    this.descriptor = descriptor;
  }

  /**
   * The use of that channel's descriptor.
   *
   * @return null where it is not to be had
   */
  public static @Nullable DescriptorUse of(Channel channel) {
    OptionalInt number = Descriptor.of(channel);
    return number.isEmpty() ? null : new DescriptorUse(channel, number.getAsInt());
  }

  /**
   * Begins a call.
   *
   * @return the descriptor, which stays open until {@link #end}
   * @throws AsynchronousCloseException if it is closed
   */
  int begin() throws IOException {
    if ((state.incrementAndGet() & CLOSED) != 0) {
      end();
      throw new AsynchronousCloseException();
    }
    return descriptor;
  }

  /** Ends a call; closes the channel if that was asked for meanwhile and this call is the last. */
  void end() throws IOException {
    if (state.decrementAndGet() == CLOSED) {
      channel.close();
    }
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return (state.get() & CLOSED) != 0;
  }

  /** Closes the channel, at once or at the end of the calls that go on. */
  @Override
  public void close() throws IOException {
    if (state.getAndUpdate(now -> now | CLOSED) == 0) {
      channel.close();
    }
  }
}
