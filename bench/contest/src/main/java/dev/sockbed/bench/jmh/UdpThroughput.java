package dev.sockbed.bench.jmh;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.server.EchoServer;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * How many messages a microsecond go to the echo server and back over UDP with 64 of them under
 * way, one send call a message.
 *
 * @see TcpThroughput
 * @see BareUdpThroughput
 */
public class UdpThroughput extends HeldConversation {
  /** Messages under way at once. */
  static final int WINDOW = 64;

  /** The server's kind of thread; the client's is JMH's own. */
  @Param({"PLATFORM", "VIRTUAL"})
  public ThreadKind serverThreads;

  private EchoServer server;
  private UdpSocket socket;
  private ByteBuffer request;
  private ByteBuffer reply;

  @Override
  void open() throws SocketFailure {
    server = echoServer(Transport.UDP, serverThreads);
    socket = UdpSocket.connected(server.address(), UdpConfig.DEFAULT.withReceiveTimeout(TIMEOUT));
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(SocketConfig.DEFAULT_RECEIVE_LIMIT);
  }

  @Override
  void converse() throws SocketFailure {
    window();
  }

  @Override
  long close() {
    socket.close();
    server.close();
    return server.counters().bytes();
  }

  /** A window of messages there and back. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OperationsPerInvocation(WINDOW)
  public int window() throws SocketFailure {
    for (int i = 0; i < WINDOW; i++) {
      socket.send(request.clear());
    }
    for (int i = 0; i < WINDOW; i++) {
      reply.clear();
      socket.receive(reply, reply.capacity());
    }
    count(WINDOW);
    return reply.position();
  }
}
