package dev.sockbed.common.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of datagrams when a system call fails as the manual says it may: {@code strace}
 * makes single calls fail that would never do so on loopback.
 */
@EnabledOnOs(OS.LINUX)
@Tag("process")
class FailingCallsTest {
  private static final String SENT_AND_ARRIVED =
      "100 100 100 100 100 200 200 200 250"; // Two that are cut up, and one that goes alone.

  @ParameterizedTest(name = "{0}, calls {1}")
  @CsvSource({
    "EIO, 2", // The device can't cut up.
    "EINVAL, 2", // It can't with these settings, or not to this length.
    "EMSGSIZE, 2",
    "EPERM, 2", // A firewall's no to one of several.
    "EINTR, 2..4",
    "EAGAIN, 2..4",
    "ENOBUFS, 2..50",
  })
  void whatIsRefusedTogetherGoesOutLaterOrOneByOne(String error, String calls) {
    assertThat(linesOf("sendmmsg", error, calls))
        .hasSize(2)
        .last()
        .isEqualTo("arrived: " + SENT_AND_ARRIVED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"EIO", "EINVAL"})
  void aSystemThatNeverCutsUpIsFoundOutAtTheStart(String error) {
    List<String> lines = linesOf("sendmmsg", error, "1..2");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("UDP_SEGMENT is refused");
    assertThat(lines.getLast()).isEqualTo("arrived: " + SENT_AND_ARRIVED);
  }

  @Test
  void aSystemThatStaysOutOfBuffersCostsOneDatagramAndNotTheOthers() {
    assertThat(linesOf("sendmmsg", "ENOBUFS", "2..2100"))
        .hasSize(3)
        .anySatisfy(line ->
            assertThat(line).startsWith("failed: ").contains("out of descriptors or buffers"))
        .last()
        .isEqualTo("arrived: 100 100 100 100 200 200 200 250");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"sendmmsg, 2", "recvmmsg, 1"})
  void aRefusalOfAnEarlierDatagramIsToldAndCostsNothing(String call, String calls) {
    assertThat(linesOf(call, "ECONNREFUSED", calls))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("failed: ").contains("refused"))
        .last()
        .isEqualTo("arrived: " + SENT_AND_ARRIVED);
  }

  @ParameterizedTest(name = "{0}, calls {1}")
  @CsvSource({"EINTR, 1..3", "EAGAIN, 1..2"})
  void aReceiveThatIsInterruptedOrFindsNothingIsMadeAgain(String error, String calls) {
    assertThat(linesOf("recvmmsg", error, calls))
        .hasSize(2)
        .last()
        .isEqualTo("arrived: " + SENT_AND_ARRIVED);
  }

  private static List<String> linesOf(String call, String error, String calls) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("strace", "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null"));
    command.addAll(List.of("-e", "trace=" + call));
    command.addAll(List.of("-e", "inject=" + call + ":error=" + error + ":when=" + calls));
    command.addAll(List.of(JavaCommand.of(JvmFlags.ALL, Program.class)));
    try (Peer program = Peer.start(command.toArray(String[]::new))) {
      assertThat(program.awaitExit()).as(program.errors()).isZero();
      return program.output().lines().toList();
    }
  }

  /** Sends some datagrams to itself and tells what arrives. */
  static final class Program {
    private static final List<Integer> LENGTHS =
        List.of(100, 100, 100, 100, 100, 200, 200, 200, 250);

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(BatchedIo.datagramCalls()); // The first call of sendmmsg is its.
      exchange(
          UdpConfig.DEFAULT
              .withReceiveLimit(300)
              .withReceiveTimeout(Duration.ofSeconds(10))
              .withIo(IoMode.BATCHED));
    }

    private static void exchange(UdpConfig config) throws SocketFailure {
      try (UdpSocket near = UdpSocket.open(AddressFamily.INET, config);
          UdpSocket far = UdpSocket.open(AddressFamily.INET, config)) {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        near.bind(anyPort);
        far.bind(anyPort);
        near.connect(far.localAddress());
        far.connect(near.localAddress());
        for (int length : LENGTHS) {
          near.enqueue(ByteBuffer.allocateDirect(length));
        }
        int left = LENGTHS.size() - flush(near);
        StringBuilder arrived = new StringBuilder("arrived:");
        while (left > 0) {
          try {
            int received = far.receive(ByteBuffer.allocateDirect(300), 300);
            arrived.append(' ').append(received);
            left--;
          } catch (SocketFailure e) {
            System.out.println("failed: " + e.getMessage());
          }
        }
        System.out.println(arrived);
      }
    }

    /** Returns how many were given up. */
    private static int flush(UdpSocket socket) {
      int failed = 0;
      while (true) {
        int before = socket.enqueued();
        try {
          socket.flush();
          return failed;
        } catch (SocketFailure e) {
          System.out.println("failed: " + e.getMessage());
          failed += before == socket.enqueued() ? 0 : 1;
        }
      }
    }
  }
}
