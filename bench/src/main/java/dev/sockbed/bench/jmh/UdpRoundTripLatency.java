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
 * How long one message takes to the echo server and back over UDP, one at a time.
 *
 * @see TcpRoundTripLatency
 * @see BareUdpRoundTripLatency
 */
public class UdpRoundTripLatency extends Loopback {
  /** Bytes a message. */
  @Param({"1", "16", "64", "128"})
  public int payload;

  /** The server's kind of thread; the client's is JMH's own. */
  @Param({"PLATFORM", "VIRTUAL"})
  public ThreadKind serverThreads;

  private UdpEchoServer server;
  private UdpEchoClient client;
  private ByteBuffer request;
  private ByteBuffer reply;
  private long exchanges;

  /** Starts the server and connects the client. */
  @Setup
  public void open() throws SocketFailure {
    server =
        UdpEchoServer.open(
            anyPort(Transport.UDP),
            UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withThreads(serverThreads)));
    client = UdpEchoClient.connect(server.address(), UdpConfig.DEFAULT, TIMEOUT);
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(payload);
  }

  /** Checks that the server echoed what was counted. */
  @TearDown
  public void close() {
    client.close();
    server.close();
    check("bytes", exchanges * payload, server.counters().bytes());
  }

  /** One message there and back. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Outcome roundTrip() throws SocketFailure {
    request.clear();
    reply.clear();
    Outcome outcome = client.exchange(request, reply);
    if (outcome != Outcome.OK) {
      throw new IllegalStateException("exchange " + exchanges + ": " + outcome.label());
    }
    exchanges++;
    return outcome;
  }
}
