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

/** How long one message takes to the echo server and back, one at a time. */
public abstract class RoundTripLatency extends HeldConversation {
  /** The server's kind of thread; the client's is JMH's own. */
  @Param({"PLATFORM", "VIRTUAL"})
  public ThreadKind serverThreads;

  private final Transport transport;
  private EchoServer server;
  private EchoClient client;
  private ByteBuffer request;
  private ByteBuffer reply;

  RoundTripLatency(Transport transport) {
    this.transport = transport;
  }

  @Override
  void open() throws SocketFailure {
    server = echoServer(transport, serverThreads);
    client = echoClient(server);
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(payload);
  }

  @Override
  void converse() throws SocketFailure {
    roundTrip();
  }

  @Override
  long close() {
    client.close();
    server.close();
    return server.counters().bytes();
  }

  /** One message there and back. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Outcome roundTrip() throws SocketFailure {
    request.clear();
    reply.clear();
    Outcome outcome = client.exchange(request, reply);
    if (outcome != Outcome.OK) {
      throw new IllegalStateException("an exchange ended as " + outcome.label());
    }
    count(1);
    return outcome;
  }
}
