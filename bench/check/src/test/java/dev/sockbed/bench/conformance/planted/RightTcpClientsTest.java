package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.bench.conformance.cases.InProcess.Client;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Right echo clients, each of another habit, pass every case. */
@Tag("socket")
@Execution(ExecutionMode.CONCURRENT)
class RightTcpClientsTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(40), 128);
  private static final int TIMEOUT_MILLIS = 4_000;
  private static final int MEBIBYTE = 1 << 20;

  static final Set<String> HABITS =
      Set.of(
          "half-closes and waits for the end",
          "connects anew for each message",
          "talks over two connections at once",
          "sends a mebibyte while it reads");

  private static final Map<String, Client> CLIENTS =
      Map.of(
          "half-closes and waits for the end", RightTcpClientsTest::halfClosing,
          "connects anew for each message", RightTcpClientsTest::connectingAnew,
          "talks over two connections at once", RightTcpClientsTest::twoAtOnce,
          "sends a mebibyte while it reads", RightTcpClientsTest::streaming);

  @ParameterizedTest
  @FieldSource("HABITS")
  void aRightClientPassesWhateverItsHabits(String habit) throws Exception {
    InProcess client =
        new InProcess(ThreadKind.PLATFORM, Objects.requireNonNull(CLIENTS.get(habit)));
    List<CaseResult> results = Checks.client(Transport.TCP, client, LIMITS, "echo/tcp/", 1, 8);

    assertThat(results).hasSizeGreaterThanOrEqualTo(20);
    Checks.assertRight(results);
  }

  private static byte[] text(int bytes) {
    byte[] text = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      text[i] = (byte) ('a' + i % 23);
    }
    return text;
  }

  private static Socket connected(Address server) throws IOException {
    Socket socket = new Socket(server.host(), server.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static int halfClosing(Address server) throws IOException {
    try (Socket socket = connected(server)) {
      byte[] message = text(500);
      socket.getOutputStream().write(message);
      socket.shutdownOutput();
      return Arrays.equals(message, socket.getInputStream().readAllBytes()) ? 0 : 1;
    }
  }

  private static int connectingAnew(Address server) throws IOException {
    for (int length : new int[] {300, 1, 40}) {
      try (Socket socket = connected(server)) {
        if (!exchange(socket, text(length))) {
          return 1;
        }
      }
    }
    return 0;
  }

  private static int twoAtOnce(Address server) throws IOException {
    try (Socket first = connected(server);
        Socket second = connected(server)) {
      for (int length : new int[] {300, 7, 40}) {
        if (!exchange(second, text(length)) || !exchange(first, text(length + 1))) {
          return 1;
        }
      }
      return 0;
    }
  }

  private static boolean exchange(Socket socket, byte[] message) throws IOException {
    socket.getOutputStream().write(message);
    return Arrays.equals(message, socket.getInputStream().readNBytes(message.length));
  }

  private static int streaming(Address server) throws Exception {
    try (Socket socket = connected(server)) {
      byte[] message = text(MEBIBYTE);
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              socket.getOutputStream().write(message);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      byte[] echo = socket.getInputStream().readNBytes(MEBIBYTE);
      sender.join();
      return Arrays.equals(message, echo) ? 0 : 1;
    }
  }
}
