package dev.sockbed.bench.jmh;

import dev.sockbed.bench.bare.BareTcpClient;
import dev.sockbed.bench.bare.BareTcpServer;
import dev.sockbed.common.SocketConfig;
import java.io.IOException;
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
  private BareTcpClient client;

  @Override
  void open() throws IOException {
    server = new BareTcpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
    client = new BareTcpClient(server.address(), payload);
  }

  @Override
  void converse() throws IOException {
    roundTrip();
  }

  @Override
  long close() throws IOException, InterruptedException {
    client.close();
    long echoed = server.bytesEchoed();
    server.close();
    return echoed;
  }

  /** One message there and back. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public int roundTrip() throws IOException {
    count(1);
    return client.roundTrip();
  }
}
