package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.GrantedOptions;
import dev.sockbed.common.PacketOptions;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.linux.ChannelOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** The options of {@code setsockopt(2)} that both sockets and the listener have. */
final class SystemOptions {
  /** Two bits of explicit congestion notification (RFC 3168) follow the code point. */
  private static final int DSCP_SHIFT = 2;

  private SystemOptions() {}

  /**
   * Sets the configured buffers, of which the system may grant others, and what packets are marked
   * with and leave by. What a listener has of it, the connections that it takes have too.
   *
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if something was asked for that is
   *     not to be had here
   * @throws dev.sockbed.common.linux.NotPermittedException if the system refuses it
   */
  static void set(NetworkChannel channel, AddressFamily family, SocketConfig config)
      throws IOException {
    askForBuffers(channel, config);
    PacketOptions packets = config.shared().packets();
    if (packets.dscp() != null) {
      ask(channel, StandardSocketOptions.IP_TOS, packets.dscp() << DSCP_SHIFT);
    }
    if (packets.ttl() != null) {
      ChannelOptions.setHopLimit(channel, family == AddressFamily.INET6, packets.ttl());
    }
    if (packets.networkInterface() != null) {
      ChannelOptions.setInterface(channel, packets.networkInterface());
    }
    if (config instanceof TcpConfig tcp && tcp.congestionControl() != null) {
      ChannelOptions.setCongestionControl(channel, tcp.congestionControl());
    }
  }

  private static void askForBuffers(NetworkChannel channel, SocketConfig config)
      throws IOException {
    if (config.sendBufferBytes() > 0) {
      ask(channel, StandardSocketOptions.SO_SNDBUF, config.sendBufferBytes());
    }
    if (config.receiveBufferBytes() > 0) {
      ask(channel, StandardSocketOptions.SO_RCVBUF, config.receiveBufferBytes());
    }
  }

  private static void ask(NetworkChannel channel, SocketOption<Integer> option, int value)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }

  /**
   * Sets what only a connection has. One that asks for a port may have it although the connection
   * before it waits in TIME_WAIT: {@code SO_REUSEADDR}.
   *
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if acknowledging at once is asked for
   *     where there is no {@code TCP_QUICKACK}
   */
  static void setConnection(SocketChannel channel, TcpConfig config) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, config.noDelay());
    if (config.keepAlive()) {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    if (config.shared().local().port() > 0) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }
    if (config.quickAck()) {
      ChannelOptions.acknowledgeAtOnce(channel);
    }
  }

  /** What the system says that the options are. */
  static GrantedOptions granted(NetworkChannel channel) throws IOException {
    boolean inet6 =
        channel.getLocalAddress() instanceof InetSocketAddress local
            && AddressFamily.of(local.getAddress()) == AddressFamily.INET6;
    boolean tcp = channel instanceof SocketChannel;
    return new GrantedOptions(
        channel.getOption(StandardSocketOptions.SO_SNDBUF),
        channel.getOption(StandardSocketOptions.SO_RCVBUF),
        channel.getOption(StandardSocketOptions.IP_TOS) >> DSCP_SHIFT,
        ChannelOptions.hopLimit(channel, inet6),
        ChannelOptions.networkInterface(channel),
        tcp ? channel.getOption(StandardSocketOptions.TCP_NODELAY) : null,
        tcp ? channel.getOption(StandardSocketOptions.SO_KEEPALIVE) : null,
        (tcp && channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK))
            ? channel.getOption(ExtendedSocketOptions.TCP_QUICKACK)
            : null,
        tcp ? ChannelOptions.congestionControl(channel) : null);
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
