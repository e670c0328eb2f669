package dev.sockbed.common.socket;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/** The options of {@code setsockopt(2)} that both sockets and the listener have. */
final class SystemOptions {
  private SystemOptions() {}

  /**
   * Asks for buffers of the configured sizes, {@code SO_SNDBUF} and {@code SO_RCVBUF}; the system
   * may grant others.
   */
  static void askForBuffers(NetworkChannel channel, SocketConfig config) throws IOException {
    ask(channel, StandardSocketOptions.SO_SNDBUF, config.sendBufferBytes());
    ask(channel, StandardSocketOptions.SO_RCVBUF, config.receiveBufferBytes());
  }

  private static void ask(NetworkChannel channel, SocketOption<Integer> option, int bytes)
      throws IOException {
    if (bytes > 0 && channel.supportedOptions().contains(option)) {
      channel.setOption(option, bytes);
    }
  }

  /**
   * Lets other sockets of the same user bind the same address: {@code SO_REUSEPORT}.
   *
   * @throws SocketFailure if the system can't, or {@link SocketError#CLOSED}
   */
  static void sharePort(NetworkChannel channel) throws SocketFailure {
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    } catch (IOException | UnsupportedOperationException e) {
      throw SocketFailure.of("setsockopt SO_REUSEPORT", e);
    }
  }
}
