package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.Address;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers echo without leaving garbage, as long as one caller is all they have. */
@Tag("socket")
class AllocationTest {
  private static final int EXCHANGES = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Way> ways() {
    return Way.all().filter(way -> way.threads() == ThreadKind.PLATFORM);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anEchoOverTcpAllocatesNothing(Way way) throws IOException {
    Address local = Address.parse("tcp://127.0.0.1:0");
    TcpConfig config = TcpConfig.DEFAULT.withWaiting(way.waiting()).withIo(way.io());
    try (TcpEchoServer server =
            TcpEchoServer.open(local, TcpEchoServerConfig.DEFAULT.withSocket(config));
        TcpSocket caller = TcpSocket.connected(server.address(), TcpConfig.DEFAULT)) {
      assertAllocatesNothing("sockbed-tcp-connection-" + caller.localAddress().getPort(), caller);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "spin", "spin:50us"})
  void anEchoByAnEventLoopAllocatesNothing(String waiting) throws IOException {
    Address local = Address.parse("tcp://127.0.0.1:0");
    TcpConfig config = TcpConfig.DEFAULT.withWaiting(WaitStrategy.parse(waiting));
    try (TcpEchoLoop server =
            TcpEchoLoop.open(local, TcpEchoServerConfig.DEFAULT.withSocket(config));
        TcpSocket caller = TcpSocket.connected(server.address(), TcpConfig.DEFAULT)) {
      assertAllocatesNothing("sockbed-tcp-loop-" + server.address().port(), caller);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anEchoOverUdpAllocatesNothing(Way way) throws IOException {
    Address local = Address.parse("udp://127.0.0.1:0");
    UdpConfig config = UdpConfig.DEFAULT.withWaiting(way.waiting()).withIo(way.io());
    try (UdpEchoServer server =
            UdpEchoServer.open(local, UdpEchoServerConfig.DEFAULT.withSocket(config));
        UdpSocket caller = UdpSocket.connected(server.address(), UdpConfig.DEFAULT)) {
      assertAllocatesNothing("sockbed-udp-echo-" + server.address().port(), caller);
    }
  }

  private static void assertAllocatesNothing(String serverThread, BlockingSocket caller)
      throws IOException {
    exchange(caller, 1);
    long id = idOf(serverThread);
    double bytes = Double.MAX_VALUE;
    // Until the compiler is done, some of the JDK's objects are real.
    long patience = System.nanoTime() + Peer.PATIENCE.toNanos();
    while (bytes >= 0.1 && System.nanoTime() - patience < 0) {
      long before = THREADS.getThreadAllocatedBytes(id);
      exchange(caller, EXCHANGES);
      bytes = (double) (THREADS.getThreadAllocatedBytes(id) - before) / EXCHANGES;
    }
    assertThat(bytes).as("bytes allocated for an echo").isLessThan(0.1);
  }

  private static void exchange(BlockingSocket caller, int times) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(128);
    for (int i = 0; i < times; i++) {
      caller.send(buffer.clear());
      for (buffer.clear(); buffer.hasRemaining(); ) {
        caller.receive(buffer, buffer.remaining());
      }
    }
  }

  private static long idOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .threadId();
  }
}
