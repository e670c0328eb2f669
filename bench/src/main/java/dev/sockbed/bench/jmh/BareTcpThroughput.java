package dev.sockbed.bench.jmh;

import dev.sockbed.common.SocketConfig;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many messages a microsecond go there and back over TCP on bare channels, 64 of them under
 * way.
 *
 * @see TcpThroughput
 * @see BareUdpThroughput
 */
public class BareTcpThroughput extends Loopback {
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
    reply = ByteBuffer.allocateDirect(SocketConfig.DEFAULT_RECEIVE_LIMIT);
  }

  /** Checks that the server echoed what was counted. */
  @TearDown
  public void close() throws IOException, InterruptedException {
    channel.close();
    check("bytes", messages * payload, server.bytesEchoed());
    server.close();
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
    messages += TcpThroughput.WINDOW;
    return reply.position();
  }
}
