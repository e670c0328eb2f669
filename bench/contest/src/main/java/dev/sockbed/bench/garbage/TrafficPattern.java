package dev.sockbed.bench.garbage;

import dev.sockbed.bench.load.Arrival;
import dev.sockbed.bench.load.Pace;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.server.EchoServer;
import java.io.Closeable;
import java.io.IOException;

/** What is done with messages. */
public enum TrafficPattern {
  /** A client's exchanges, one after the other. */
  EXCHANGE("client") {
    @Override
    Messages begin(EchoServer server, SocketConfig config) throws IOException {
      return new ExchangedMessages(server, config);
    }
  },
  /** Windows of messages on a bare socket. */
  WINDOW("socket, window") {
    @Override
    Messages begin(EchoServer server, SocketConfig config) throws IOException {
      return new WindowedMessages(server, config);
    }
  },
  /** The load generator, paced by the replies, with all that it checks and records. */
  CLOSED_LOOP("load, closed loop") {
    @Override
    Messages begin(EchoServer server, SocketConfig config) {
      return new LoadMessages(server, config, new Pace.ClosedLoop(64));
    }
  },
  /** The load generator, paced by the clock. */
  OPEN_LOOP("load, open loop") {
    @Override
    Messages begin(EchoServer server, SocketConfig config) {
      double rate = config.io() == IoMode.PLAIN ? 50_000 : 200_000;
      return new LoadMessages(server, config, new Pace.OpenLoop(rate, Arrival.CONSTANT));
    }
  };

  /** A client at work. */
  interface Messages extends Closeable {
    /** Sends so many messages and gets them back. */
    void run(int count) throws IOException;
  }

  private final String label;

  TrafficPattern(String label) {
    this.label = label;
  }

  /** The name in tables. */
  String label() {
    return label;
  }

  /** Whether the load generator does it. */
  boolean isLoad() {
    return this == CLOSED_LOOP || this == OPEN_LOOP;
  }

  /** Connects a client to the server. */
  abstract Messages begin(EchoServer server, SocketConfig config) throws IOException;
}
