package dev.sockbed.bench.conformance.planted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.bench.conformance.cases.InProcess;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A right board that takes so long to start that the checker starts it again. */
@Tag("socket")
class SlowBoardTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(24), 128);
  private static final int LIMIT = 128;

  private final AtomicInteger starts = new AtomicInteger();

  @Test
  void theGreetingOfTheOneThatWasGivenUpIsNoFaultOfItsSuccessor() throws Exception {
    InProcess board = new InProcess(ThreadKind.VIRTUAL, this::talk);

    List<CaseResult> results = Checks.client(Transport.UDP, board, LIMITS, "device/2.5/");

    Checks.assertRight(results);
    assertThat(results).isNotEmpty();
    assertThat(starts).hasValue(results.size() + 1);
  }

  private int talk(Address assistant) throws IOException, InterruptedException {
    int start = starts.incrementAndGet();
    if (start == 1) {
      new CountDownLatch(1).await(); // Until it is given up.
    }
    InetSocketAddress to = assistant.resolve().getFirst();
    try (DatagramSocket givenUp = new DatagramSocket();
        DatagramSocket board = new DatagramSocket()) {
      if (start == 2) {
        send(givenUp, "Hello 01Studio!".getBytes(UTF_8), to);
      }
      send(board, "Hello 01Studio!".getBytes(UTF_8), to);
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[LIMIT], LIMIT);
        board.receive(packet);
        byte[] prefix = "I got:".getBytes(UTF_8);
        byte[] answer = Arrays.copyOf(prefix, prefix.length + packet.getLength());
        System.arraycopy(packet.getData(), 0, answer, prefix.length, packet.getLength());
        send(board, answer, to);
      }
    }
  }

  private static void send(DatagramSocket from, byte[] bytes, InetSocketAddress to)
      throws IOException {
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }
}
