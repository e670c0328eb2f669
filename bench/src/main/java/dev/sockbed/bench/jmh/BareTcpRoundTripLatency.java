package dev.sockbed.bench.jmh;

import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * How long one message takes there and back over TCP on bare channels.
 *
 * @see TcpRoundTripLatency
 * @see BareUdpRoundTripLatency
 */
public class BareTcpRoundTripLatency extends HeldConversation {
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
    reply = ByteBuffer.allocateDirect(payload);
  }

  @Override
  void converse() throws IOException {
    roundTrip();
  }

  @Override
  long close() throws IOException, InterruptedException {
    channel.close();
    long echoed = server.bytesEchoed();
    server.close();
    return echoed;
  }

  /** One message there and back. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public int roundTrip() throws IOException {
    channel.write(request.clear());
    reply.clear();
    while (reply.hasRemaining()) {
      if (channel.read(reply) < 0) {
        throw new IOException("the server closed");
      }
    }
    count(1);
    return reply.position();
  }
}
