package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.command.Failures;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.common.testing.JavaCommand;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A program that was started without a flag for us, as on a system that has none of this. */
@Tag("process")
class WithoutNativeAccessTest {

  @Test
  void everythingWorksAndSaysWhatIsMissing() throws Exception {
    Process process =
        new ProcessBuilder(JavaCommand.of(List.of(), Program.class))
            .redirectErrorStream(true)
            .start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      List<String> lines = new String(output, StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(9); // Not one warning of the JVM among them.
      assertThat(lines.get(0)).isEqualTo("tcp info: null");
      assertThat(lines.get(1)).isEqualTo("udp timed receive: 5");
      assertThat(lines.get(2)).isEqualTo("udp timed receive of nothing: TIMED_OUT");
      assertThat(lines.get(3))
          .startsWith("empty datagram: send to udp://127.0.0.1:")
          .contains("JDK");
      assertThat(lines.get(4))
          .startsWith("pin: pinning threads to processors needs Linux")
          .contains("--enable-native-access");
      assertThat(lines.get(5)).isEqualTo("exit status: 4");
      assertThat(lines.get(6)).isEqualTo("auto: PLAIN");
      assertThat(lines.get(7))
          .startsWith("batch: batched input and output needs Linux")
          .contains("--enable-native-access");
      assertThat(lines.get(8)).isEqualTo("exit status: 4");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Asks for everything that the native room has. */
  static final class Program {
    private static final InetSocketAddress ANY_PORT =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      overTcp();
      overUdp();
      failWith(new Pin());
      System.out.println("auto: " + UdpConfig.DEFAULT.withIo(IoMode.AUTO).io());
      failWith(new Batch());
    }

    private static void failWith(Runnable command) {
      CommandLine commandLine = new CommandLine(command);
      Failures.register(commandLine);
      System.out.println("exit status: " + commandLine.execute());
    }

    private static void overTcp() throws SocketFailure {
      try (TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT);
          TcpSocket socket = TcpSocket.open(AddressFamily.INET, TcpConfig.DEFAULT)) {
        listener.bind(ANY_PORT);
        listener.listen(1);
        socket.connect(listener.localAddress());
        System.out.println("tcp info: " + socket.info());
      }
    }

    private static void overUdp() throws SocketFailure {
      UdpConfig config = UdpConfig.DEFAULT.withReceiveTimeout(Duration.ofMillis(200));
      try (UdpSocket near = UdpSocket.open(AddressFamily.INET, config);
          UdpSocket far = UdpSocket.open(AddressFamily.INET, config)) {
        near.bind(ANY_PORT);
        far.bind(ANY_PORT);
        near.connect(far.localAddress());
        far.connect(near.localAddress());
        ByteBuffer buffer = ByteBuffer.allocate(128);
        near.send(ByteBuffer.allocate(5));
        System.out.println("udp timed receive: " + far.receive(buffer, 128));
        try {
          far.receive(buffer.clear(), 128);
        } catch (SocketFailure e) {
          System.out.println("udp timed receive of nothing: " + e.error());
        }
        try {
          near.send(ByteBuffer.allocate(0));
        } catch (SocketFailure e) {
          System.out.println("empty datagram: " + e.getMessage());
        }
      }
    }
  }

  @Command(name = "pin")
  static final class Pin implements Runnable {
    @Override
    public void run() {
      CpuAffinity.pin(List.of(0));
    }
  }

  @Command(name = "batch")
  static final class Batch implements Runnable {
    @Override
    public void run() {
      assertThat(TcpConfig.DEFAULT.withIo(IoMode.BATCHED)).isNull();
    }
  }
}
