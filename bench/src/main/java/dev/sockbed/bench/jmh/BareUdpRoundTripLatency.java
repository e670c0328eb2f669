package dev.sockbed.bench.jmh;

import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * How long one message takes there and back over UDP on bare channels.
 *
 * @see UdpRoundTripLatency
 * @see BareTcpRoundTripLatency
 */
public class BareUdpRoundTripLatency extends HeldConversation {
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
    channel.read(reply);
    count(1);
    return reply.position();
  }
}
