package dev.sockbed.common.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;

/** {@code getsockname(2)}. */
final class LocalAddress {
  private LocalAddress() {}

  /**
   * The address that a channel is bound to.
   *
   * @throws IllegalStateException if it is bound to none, or closed
   */
  static InetSocketAddress of(NetworkChannel channel) {
    try {
      SocketAddress local = channel.getLocalAddress();
      if (local == null) {
        throw new IllegalStateException("not bound");
      }
      return (InetSocketAddress) local;
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("closed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
