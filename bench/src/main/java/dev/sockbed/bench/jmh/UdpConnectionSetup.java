package dev.sockbed.bench.jmh;

import dev.sockbed.client.UdpEchoClient;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long it takes to be served over UDP from nothing: connect, first echo, close. Connected does
 * not mean served, so the echo is part of it.
 *
 * @see TcpConnectionSetup
 */
public class UdpConnectionSetup extends Loopback {
  private static final int PAYLOAD = 16;

  /** The server's kind of thread; the client's is JMH's own. */
  @Param({"PLATFORM", "VIRTUAL"})
  public ThreadKind serverThreads;

  private UdpEchoServer server;
  private ByteBuffer request;
  private ByteBuffer reply;
  private long served;

  /** Starts the server. */
  @Setup
  public void open() throws SocketFailure {
    server =
        UdpEchoServer.open(
            anyPort(Transport.UDP),
            UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withThreads(serverThreads)));
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
    try (UdpEchoClient client =
        UdpEchoClient.connect(server.address(), UdpConfig.DEFAULT, TIMEOUT)) {
      Outcome outcome = client.exchange(request.clear(), reply.clear());
      if (outcome != Outcome.OK) {
        throw new IllegalStateException("client " + served + ": " + outcome.label());
      }
      served++;
      return outcome;
    }
  }
}
