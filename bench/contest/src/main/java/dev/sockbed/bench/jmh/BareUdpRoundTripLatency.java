package dev.sockbed.bench.jmh;

import dev.sockbed.bench.bare.BareUdpClient;
import dev.sockbed.bench.bare.BareUdpServer;
import dev.sockbed.common.SocketConfig;
import java.io.IOException;
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
  private BareUdpClient client;

  @Override
  void open() throws IOException {
    server = new BareUdpServer(SocketConfig.DEFAULT_RECEIVE_LIMIT);
    client = new BareUdpClient(server.address(), payload);
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
