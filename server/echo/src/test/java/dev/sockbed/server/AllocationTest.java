package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The servers echo without leaving garbage, as long as one caller is all they have. Each is the
 * only one in its process, as a user's is: code that was compiled for all ways at once suits none
 * of them.
 */
@Tag("process")
class AllocationTest {
  private static final int ECHOES = 2_000;

  /** Messages of a caller in flight: on a busy machine not each waits until the server runs. */
  private static final int WINDOW = 16;

  private static final int MESSAGE_BYTES = 128;

  /** Longer than a busy machine needs to compile what a server does. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static Stream<Way> ways() {
    return Way.all().filter(way -> way.threads() == ThreadKind.PLATFORM);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anEchoOverTcpAllocatesNothing(Way way) throws IOException {
    try (Peer program = start(Kind.TCP, way.waiting(), way.io());
        TcpSocket caller = TcpSocket.connected(address("tcp", program), TcpConfig.DEFAULT)) {
      String thread = "sockbed-tcp-connection-" + caller.localAddress().getPort();
      assertAllocatesNothing(program, thread, caller);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "spin", "spin:50us"})
  void anEchoByAnEventLoopAllocatesNothing(String waiting) throws IOException {
    try (Peer program = start(Kind.TCP_LOOP, WaitStrategy.parse(waiting), IoMode.PLAIN)) {
      Address server = address("tcp", program);
      try (TcpSocket caller = TcpSocket.connected(server, TcpConfig.DEFAULT)) {
        assertAllocatesNothing(program, "sockbed-tcp-loop-" + server.port(), caller);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anEchoOverUdpAllocatesNothing(Way way) throws IOException {
    try (Peer program = start(Kind.UDP, way.waiting(), way.io())) {
      Address server = address("udp", program);
      try (UdpSocket caller = UdpSocket.connected(server, UdpConfig.DEFAULT)) {
        assertAllocatesNothing(program, "sockbed-udp-echo-" + server.port(), caller);
      }
    }
  }

  private static Peer start(Kind kind, WaitStrategy waiting, IoMode io) {
    return Peer.start(JavaCommand.optimized(JvmFlags.ALL, Program.class, kind, waiting, io));
  }

  private static Address address(String scheme, Peer program) {
    return Address.parse(scheme + "://127.0.0.1:" + program.awaitNumber("port"));
  }

  private static void assertAllocatesNothing(Peer program, String thread, BlockingSocket caller)
      throws IOException {
    exchange(caller, WINDOW);
    double bytes = Double.MAX_VALUE;
    int question = 0;
    int before = allocated(program, thread, question++);
    // Until the compiler is done, some of the JDK's objects are real.
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (bytes >= 0.1 && System.nanoTime() - patience < 0) {
      exchange(caller, ECHOES);
      int now = allocated(program, thread, question++);
      bytes = (double) (now - before) / ECHOES;
      before = now;
    }
    assertThat(bytes).as("bytes allocated for an echo").isLessThan(0.1);
  }

  private static int allocated(Peer program, String thread, int question) {
    program.type(thread + "\n");
    return program.awaitNumber("answer-" + question);
  }

  private static void exchange(BlockingSocket caller, int times) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    for (int window = 0; window < times / WINDOW; window++) {
      for (int i = 0; i < WINDOW; i++) {
        caller.send(buffer.clear());
      }
      for (int missing = WINDOW * MESSAGE_BYTES; missing > 0; ) {
        int received = caller.receive(buffer.clear(), Math.min(missing, MESSAGE_BYTES));
        assertThat(received).as("bytes received").isPositive();
        missing -= received;
      }
    }
  }

  private enum Kind {
    TCP,
    TCP_LOOP,
    UDP;

    EchoServer open(WaitStrategy waiting, IoMode io) throws IOException {
      TcpEchoServerConfig tcp =
          TcpEchoServerConfig.DEFAULT.withSocket(TcpConfig.DEFAULT.withWaiting(waiting).withIo(io));
      UdpEchoServerConfig udp =
          UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withWaiting(waiting).withIo(io));
      return switch (this) {
        case TCP -> TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), tcp);
        case TCP_LOOP -> TcpEchoLoop.open(Address.parse("tcp://127.0.0.1:0"), tcp);
        case UDP -> UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), udp);
      };
    }
  }

  /** A server that tells, for each thread that is named to it, how much that has allocated. */
  static final class Program {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Program() {}

    public static void main(String[] arguments) throws IOException {
      WaitStrategy waiting = WaitStrategy.parse(arguments[1]);
      try (EchoServer server =
              Kind.valueOf(arguments[0]).open(waiting, IoMode.valueOf(arguments[2]));
          BufferedReader questions =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        System.out.println("port " + server.address().port());
        int asked = 0;
        for (String thread; (thread = questions.readLine()) != null; asked++) {
          long bytes = THREADS.getThreadAllocatedBytes(idOf(thread));
          System.out.println("answer-" + asked + " " + bytes);
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
}
