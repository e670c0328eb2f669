package dev.sockbed.bench.jmh;

import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long one message takes there and back over TCP on bare channels.
 *
 * @see TcpRoundTripLatency
 * @see BareUdpRoundTripLatency
 */
public class BareTcpRoundTripLatency extends Loopback {
  /** Bytes a message. */
  @Param({"1", "16", "64", "128"})
  public int payload;

  private BareTcpServer server;
  private SocketChannel channel;
  private ByteBuffer request;
  private ByteBuffer reply;
  private long messages;

  /** Starts the server and connects to it. */
  @Setup
  public void open() throws IOException {
    server = new BareTcpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
    channel = SocketChannel.open(server.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(payload);
  }

  /** Checks that the server echoed what was counted. */
  @TearDown
  public void close() throws IOException, InterruptedException {
    channel.close();
    check("bytes", messages * payload, server.bytesEchoed());
    server.close();
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
    messages++;
    return reply.position();
  }
}
