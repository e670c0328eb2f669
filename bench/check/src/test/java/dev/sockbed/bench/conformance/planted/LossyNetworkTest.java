package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.client.device.BoardProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A right server behind a network that loses datagrams: loss is never taken for its fault. */
@Tag("socket")
class LossyNetworkTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(6), 128);

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aServerWhoseEveryDatagramIsLostTheFirstTimeIsNotFailed() throws Exception {
    Set<ByteBuffer> seen = new HashSet<>();
    try (UdpFixture server =
        UdpFixture.open(
            128,
            (socket, packet) -> {
              byte[] bytes = new byte[packet.getLength()];
              System.arraycopy(packet.getData(), 0, bytes, 0, bytes.length);
              if (!seen.add(ByteBuffer.wrap(bytes))) {
                socket.send(packet);
              }
            })) {
      List<CaseResult> results = Checks.server(server.address(), LIMITS, "echo/udp/1.1/");

      assertThat(results)
          .as(Checks.told(results))
          .extracting(CaseResult::verdict)
          .containsOnly(CaseVerdict.PASS, CaseVerdict.INCONCLUSIVE);
      assertThat(results)
          .filteredOn(result -> result.id().equals("echo/udp/1.1/lengths"))
          .singleElement()
          .satisfies(result ->
              assertThat(result.why())
                  .matches(
                      "not done within \\d+ ms, broken off at: .*"
                          + " not answered the first time: the network loses some"));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aServerThatLosesEveryThirdDatagramIsNotFailedByBoards() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (UdpFixture server =
        UdpFixture.open(
            128,
            (socket, packet) -> {
              if (received.incrementAndGet() % 3 != 0) {
                socket.send(packet);
              }
            })) {
      List<CaseResult> results = Checks.boards(server.address(), BoardProfile.LESSON_2, LIMITS);

      assertThat(results)
          .as(Checks.told(results))
          .isNotEmpty()
          .allSatisfy(result -> {
            assertThat(result.verdict()).isEqualTo(CaseVerdict.INCONCLUSIVE);
            assertThat(result.why()).contains("the network loses");
          });
    }
  }
}
