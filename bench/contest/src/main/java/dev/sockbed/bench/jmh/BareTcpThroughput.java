package dev.sockbed.bench.jmh;

import dev.sockbed.bench.bare.BareTcpServer;
import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How many messages a microsecond go there and back over TCP on bare channels, 64 of them under
 * way.
 *
 * @see TcpThroughput
 * @see BareUdpThroughput
 */
public class BareTcpThroughput extends HeldConversation {
  private BareTcpServer server;
  private SocketChannel channel;
  private ByteBuffer request;
  private ByteBuffer reply;

  @Override
  void open() throws IOException {
    server = new BareTcpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
    channel = SocketChannel.open(server.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(SocketConfig.DEFAULT_RECEIVE_LIMIT);
  }

  @Override
  void converse() throws IOException {
    window();
  }

  @Override
  long close() throws IOException, InterruptedException {
    channel.close();
    long echoed = server.bytesEchoed();
    server.close();
    return echoed;
  }

  /** A window of messages there and back. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OperationsPerInvocation(TcpThroughput.WINDOW)
  public int window() throws IOException {
    for (int i = 0; i < TcpThroughput.WINDOW; i++) {
      channel.write(request.clear());
    }
    int missing = TcpThroughput.WINDOW * payload;
    while (missing > 0) {
      int received = channel.read(reply.clear());
      if (received < 0) {
        throw new IOException("the server closed");
      }
      missing -= received;
    }
    count(TcpThroughput.WINDOW);
    return reply.position();
  }
}
