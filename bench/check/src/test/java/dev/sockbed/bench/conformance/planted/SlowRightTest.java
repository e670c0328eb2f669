package dev.sockbed.bench.conformance.planted;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Right programs that are slow, in the cases that count exchanges or bytes. What a whole check of
 * them comes to, which takes long, is tried by {@code bench/check-repeats.py}.
 */
@Tag("socket")
@Execution(ExecutionMode.CONCURRENT)
class SlowRightTest {
  private static final int LIMIT = 128;
  private static final int AT_A_TIME = 4;
  private static final Duration A_MESSAGE = Duration.ofMillis(175);
  private static final Duration A_BYTE = Duration.ofMillis(30);
  private static final long BYTES_A_SECOND = 100_000;

  /** How a server answers what one receive gave. */
  enum Pace {
    SLOW_MESSAGES,
    BYTE_BY_BYTE,
    SLOW_BYTE_BY_BYTE,
    SLOW_STREAM;

    void answer(OutputStream out, byte[] received) throws IOException, InterruptedException {
      switch (this) {
        case SLOW_MESSAGES -> {
          Thread.sleep(A_MESSAGE);
          out.write(received);
        }
        case BYTE_BY_BYTE -> eachByte(out, received, Duration.ZERO);
        case SLOW_BYTE_BY_BYTE -> eachByte(out, received, A_BYTE);
        case SLOW_STREAM -> {
          Thread.sleep(Duration.ofNanos(received.length * 1_000_000_000L / BYTES_A_SECOND));
          out.write(received);
        }
      }
    }
  }

  private static void eachByte(OutputStream out, byte[] bytes, Duration pause)
      throws IOException, InterruptedException {
    for (byte each : bytes) {
      out.write(each);
      Thread.sleep(pause);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SLOW_MESSAGES, echo/tcp/1.3/",
    "SLOW_MESSAGES, echo/tcp/1.5/",
    "SLOW_MESSAGES, echo/tcp/1.8/",
    "BYTE_BY_BYTE, echo/tcp/1.1/",
    "BYTE_BY_BYTE, echo/tcp/1.4/",
    "BYTE_BY_BYTE, echo/tcp/1.8/",
    "SLOW_BYTE_BY_BYTE, echo/tcp/1.3/",
    "SLOW_BYTE_BY_BYTE, echo/tcp/1.5/",
    "SLOW_STREAM, echo/tcp/1.7/"
  })
  void aServerOverTcp(Pace pace, String rule) throws Exception {
    try (TcpFixture server = TcpFixture.open((caller, _) -> serve(caller, pace))) {
      assertRight(Checks.server(server.address(), Limits.DEFAULT.withoutLoss(), rule));
    }
  }

  @ParameterizedTest
  @CsvSource({"echo/udp/1.1/", "echo/udp/1.4/", "echo/udp/1.8/"})
  void aServerOverUdp(String rule) throws Exception {
    try (UdpFixture server =
        UdpFixture.open(
            LIMIT,
            (socket, packet) -> {
              pause();
              socket.send(packet);
            })) {
      assertRight(Checks.server(server.address(), Limits.DEFAULT.withoutLoss(), rule));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"device/2.3/", "device/2.7/"})
  void aBoardThatAnswersByteByByte(String rule) throws Exception {
    InProcess board = new InProcess(ThreadKind.VIRTUAL, SlowRightTest::talk);

    assertRight(Checks.client(Transport.TCP, board, Limits.DEFAULT, rule, 1, AT_A_TIME));
  }

  private static void serve(Socket caller, Pace pace) throws IOException, InterruptedException {
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      pace.answer(caller.getOutputStream(), Arrays.copyOf(buffer, length));
    }
  }

  private static int talk(Address assistant) throws IOException, InterruptedException {
    try (Socket socket = new Socket(assistant.host(), assistant.port())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write("Hello 01Studio!".getBytes(US_ASCII));
      byte[] buffer = new byte[LIMIT];
      int length;
      while ((length = socket.getInputStream().read(buffer)) >= 0) {
        eachByte(out, "I got:".getBytes(US_ASCII), A_BYTE);
        eachByte(out, Arrays.copyOf(buffer, length), A_BYTE);
      }
    }
    return 0;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(A_MESSAGE);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void assertRight(List<CaseResult> results) {
    assertThat(results).isNotEmpty();
    Checks.assertRight(results);
  }
}
