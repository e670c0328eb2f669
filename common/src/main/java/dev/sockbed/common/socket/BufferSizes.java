package dev.sockbed.common.socket;

import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/** The sizes of a socket's buffers in the system: {@code SO_SNDBUF} and {@code SO_RCVBUF}. */
final class BufferSizes {
  private BufferSizes() {}

  /** Asks for those that the configuration names; the system may grant others. */
  static void ask(NetworkChannel channel, SocketConfig config) throws IOException {
    ask(channel, StandardSocketOptions.SO_SNDBUF, config.sendBufferBytes());
    ask(channel, StandardSocketOptions.SO_RCVBUF, config.receiveBufferBytes());
  }

  private static void ask(NetworkChannel channel, SocketOption<Integer> option, int bytes)
      throws IOException {
    if (bytes > 0) {
      channel.setOption(option, bytes);
    }
  }
}
