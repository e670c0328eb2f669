package dev.sockbed.bench.jmh;

import dev.sockbed.client.EchoClient;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.server.EchoServer;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long it takes to be served from nothing: connect, first echo, close. Connected does not mean
 * served, so the echo is part of it.
 */
public abstract class ConnectionSetup extends Loopback {
  private static final int PAYLOAD = 16;

  /** The server's kind of thread; the client's is JMH's own. */
  @Param({"PLATFORM", "VIRTUAL"})
  public ThreadKind serverThreads;

  private final Transport transport;
  private EchoServer server;
  private ByteBuffer request;
  private ByteBuffer reply;
  private long served;

  ConnectionSetup(Transport transport) {
    this.transport = transport;
  }

  /** Starts the server. */
  @Setup
  public void open() throws SocketFailure {
    server = echoServer(transport, serverThreads);
    request = ByteBuffer.allocateDirect(PAYLOAD);
    reply = ByteBuffer.allocateDirect(PAYLOAD);
  }

  /** Checks that the server echoed what was counted. */
  @TearDown
  public void close() {
    server.close();
    check("bytes", served * PAYLOAD, server.counters().bytes());
  }

  /** One client from connect to close. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Outcome connectEchoClose() throws SocketFailure {
    try (EchoClient client = echoClient(server)) {
      Outcome outcome = client.exchange(request.clear(), reply.clear());
      if (outcome != Outcome.OK) {
        throw new IllegalStateException("client " + served + ": " + outcome.label());
      }
      served++;
      return outcome;
    }
  }
}
