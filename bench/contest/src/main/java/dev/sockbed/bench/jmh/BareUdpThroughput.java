package dev.sockbed.bench.jmh;

import dev.sockbed.bench.bare.BareUdpServer;
import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * How many messages a microsecond go there and back over UDP on bare channels, 64 of them under
 * way.
 *
 * @see UdpThroughput
 * @see BareTcpThroughput
 */
public class BareUdpThroughput extends HeldConversation {
  private BareUdpServer server;
  private DatagramChannel channel;
  private ByteBuffer request;
  private ByteBuffer reply;

  @Override
  void open() throws IOException {
    server = new BareUdpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
    channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
    channel.connect(server.address());
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
  @OperationsPerInvocation(UdpThroughput.WINDOW)
  public int window() throws IOException {
    for (int i = 0; i < UdpThroughput.WINDOW; i++) {
      channel.write(request.clear());
    }
    for (int i = 0; i < UdpThroughput.WINDOW; i++) {
      channel.read(reply.clear());
    }
    count(UdpThroughput.WINDOW);
    return reply.position();
  }
}
