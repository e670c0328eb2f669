package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A server with a short queue is told from a network that loses datagrams, by name. */
@Tag("socket")
class ShortQueueTest {
  private static final int LIMIT = 128;
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(40), LIMIT);

  /** The burst that rule echo/udp/1.8 sends; what is sent one at a time has another length. */
  private static final int BURST = 32;

  private static final int LENGTH = 100;

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void theNumberThatIsAnsweredOfABurstIsToldOnThisMachine() throws Exception {
    assertTold(LIMITS.withoutLoss());
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void itIsToldAcrossANetworkTooWhereAllThatIsSentAloneIsAnswered() throws Exception {
    assertTold(LIMITS);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aServerThatAnswersTheWholeBurstPasses() throws Exception {
    assertThat(results(BURST, LIMITS))
        .extracting(CaseResult::verdict)
        .containsExactly(CaseVerdict.PASS);
  }

  private static void assertTold(Limits limits) throws Exception {
    assertThat(results(3, limits))
        .singleElement()
        .satisfies(result -> {
          assertThat(result.id()).isEqualTo("echo/udp/1.8/burst");
          assertThat(result.verdict()).isEqualTo(CaseVerdict.NON_STRICT);
          assertThat(result.why())
              .startsWith(
                  "it answers at most 3 of a burst of 32 (3 and 3 were answered),"
                      + " and 10 of 10 that are sent one at a time: its queue is short");
        });
  }

  private static List<CaseResult> results(int room, Limits limits) throws Exception {
    List<byte[]> waiting = new ArrayList<>();
    try (UdpFixture server =
        UdpFixture.open(LIMIT, (socket, packet) -> serve(room, waiting, socket, packet))) {
      return Checks.server(server.address(), limits, "echo/udp/1.8/");
    }
  }

  /**
   * Begins to work only when the whole burst is there, however slowly a busy machine sends it: the
   * first few fit into its queue, the others are dropped.
   */
  private static void serve(
      int room, List<byte[]> waiting, DatagramSocket socket, DatagramPacket packet)
      throws IOException {
    if (packet.getLength() != LENGTH) {
      WrongUdpServers.reply(socket, packet);
      return;
    }
    waiting.add(Arrays.copyOf(packet.getData(), LENGTH));
    if (waiting.size() == BURST) {
      for (byte[] held : waiting.subList(0, room)) {
        socket.send(new DatagramPacket(held, LENGTH, packet.getSocketAddress()));
      }
      waiting.clear();
    }
  }
}
