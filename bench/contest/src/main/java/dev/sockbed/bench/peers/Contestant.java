package dev.sockbed.bench.peers;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.util.Locale;

/** Whose sockets exchange. */
public enum Contestant {
  /** This project's echo servers, and its socket floor as the client. */
  SOCKBED {
    @Override
    Contest open(Setting setting) throws IOException {
      return new SockbedContest(setting, false);
    }
  },
  /** The same with an event loop as the server: one thread for all connections. */
  SOCKBED_LOOP {
    @Override
    Contest open(Setting setting) throws IOException {
      return new SockbedContest(setting, true);
    }
  },
  /** {@code java.nio.channels} with nothing around them. */
  CHANNELS {
    @Override
    Contest open(Setting setting) throws IOException {
      return new ChannelContest(setting);
    }
  },
  /** {@code java.net.Socket} and {@code DatagramSocket}. */
  JAVA_NET {
    @Override
    Contest open(Setting setting) throws IOException {
      return new JavaNetContest(setting);
    }
  },
  /** Netty's epoll transport: one event loop a side. */
  NETTY {
    @Override
    Contest open(Setting setting) throws IOException {
      return new NettyContest(setting);
    }
  };

  /** Opens both ends; threads that it starts inherit the caller's processors. */
  abstract Contest open(Setting setting) throws IOException;

  /** Whether it can do that. */
  boolean supports(Setting setting) {
    return switch (this) {
      case SOCKBED, NETTY -> true;
      case CHANNELS -> setting.io() == IoMode.PLAIN;
      case JAVA_NET -> isUsual(setting);
      case SOCKBED_LOOP -> isUsual(setting) && setting.transport() == Transport.TCP;
    };
  }

  private static boolean isUsual(Setting setting) {
    return setting.io() == IoMode.PLAIN && setting.waiting().blocksAtOnce();
  }

  /** The name in tables. */
  String label() {
    return this == SOCKBED_LOOP
        ? "sockbed loop"
        : name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
