package dev.sockbed.bench.garbage;

import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages of 128 bytes on one way, client, server and all in one JVM: for JMH's profiler of
 * garbage, which {@code bench --garbage} runs on all of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 1, time = 20)
@Fork(1)
public class ExchangeGarbage {
  private static final int MESSAGES = 1_000;

  /** What is done with them. */
  @Param public TrafficPattern work;

  /** Over which transport. */
  @Param public Transport transport;

  /** How both ends wait, as on the command line. */
  @Param("block")
  public String waiting;

  /** How many messages a system call carries, as on the command line. */
  @Param("plain")
  public String io;

  /** The processors of client and server, as in {@code 0,1}; or {@code free}. */
  @Param("free")
  public String cpus;

  private EchoServer server;
  private TrafficPattern.Messages messages;

  /** Opens both ends, and once before, as what a first closing loads is no garbage of messages. */
  @Setup
  public void openAfterARehearsal() throws IOException {
    open();
    messages.run(MESSAGES);
    close();
    open();
  }

  private void open() throws IOException {
    WaitStrategy strategy = WaitStrategy.parse(waiting);
    IoMode mode = IoMode.valueOf(io.toUpperCase(Locale.ROOT));
    TcpConfig tcp = TcpConfig.DEFAULT.withWaiting(strategy).withIo(mode);
    UdpConfig udp = UdpConfig.DEFAULT.withWaiting(strategy).withIo(mode);
    SocketConfig config = transport == Transport.TCP ? tcp : udp;
    Address local = new Address(transport, "127.0.0.1", 0);
    pin(1);
    server =
        transport == Transport.TCP
            ? TcpEchoServer.open(local, TcpEchoServerConfig.DEFAULT.withSocket(tcp))
            : UdpEchoServer.open(local, UdpEchoServerConfig.DEFAULT.withSocket(udp));
    pin(0);
    messages = work.begin(server, config);
  }

  /** Threads that are started later inherit it. */
  private void pin(int which) {
    if (!cpus.equals("free")) {
      CpuAffinity.pin(List.of(Integer.valueOf(cpus.split(",", -1)[which])));
    }
  }

  /** Closes both ends. */
  @TearDown
  public void close() throws IOException {
    messages.close();
    server.close();
    if (server.counters().receives() == 0) {
      throw new IllegalStateException("the server received nothing");
    }
  }

  /** So many that what a call costs by itself does not count. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public int messages() throws IOException {
    messages.run(MESSAGES);
    return MESSAGES;
  }
}
