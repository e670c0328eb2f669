package dev.sockbed.bench.jmh;

import dev.sockbed.client.EchoClient;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What all benchmarks here share: how JMH runs them, and the check on what they counted. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public abstract class Loopback {
  /** Longer than any pause of a busy machine; only a fault takes as long. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** An echo server on any free port of the loopback interface. */
  static EchoServer echoServer(Transport transport, ThreadKind threads) throws SocketFailure {
    Address local = new Address(transport, "127.0.0.1", 0);
    return switch (transport) {
      case TCP ->
          TcpEchoServer.open(
              local,
              TcpEchoServerConfig.DEFAULT.withSocket(TcpConfig.DEFAULT.withThreads(threads)));
      case UDP ->
          UdpEchoServer.open(
              local,
              UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withThreads(threads)));
    };
  }

  /** A client of that server. */
  static EchoClient echoClient(EchoServer server) throws SocketFailure {
    Address address = server.address();
    return EchoClient.connect(address, SocketConfig.defaultOf(address.transport()), TIMEOUT);
  }

  /**
   * Compares what the client counted with what the other side saw.
   *
   * @throws IllegalStateException if they differ, or nothing happened at all
   */
  static void check(String what, long counted, long seen) {
    if (counted != seen || counted == 0) {
      throw new IllegalStateException(
          what + ": the benchmark counted " + counted + ", the server saw " + seen);
    }
  }
}
