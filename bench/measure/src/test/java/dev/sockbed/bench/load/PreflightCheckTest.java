package dev.sockbed.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is there? */
@Tag("socket")
class PreflightCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Long enough for all five tries, though a busy machine lets this process stand still. */
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anEchoServerIsLetIn(Transport transport) {
    try (TestPeer peer = TestPeer.echo(transport)) {
      assertThatCode(() -> PreflightCheck.at(peer.address(), config(peer), PATIENCE))
          .doesNotThrowAnyException();
      assertThatCode(() ->
              PreflightCheck.at(
                  peer.address(), TestPeer.withReceiveLimit(config(peer), 3), PATIENCE))
          .as("through a receive of three bytes")
          .doesNotThrowAnyException();
    }
  }

  @Test
  void anEchoServerThatCutsToTenBytesIsLetIn() {
    try (TestPeer peer =
        UdpTestPeer.start((number, datagram, reply) -> reply.accept(Arrays.copyOf(datagram, 10)))) {
      assertThatCode(() -> PreflightCheck.at(peer.address(), config(peer), PATIENCE))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void oneDamagedAnswerDoesNotMakeAnEchoServerAStranger(Transport transport) {
    AtomicInteger answers = new AtomicInteger();
    TestPeer damaging =
        switch (transport) {
          case TCP ->
              TcpTestPeer.start((in, out) -> {
                byte[] bytes = in.readNBytes(16);
                bytes[3] ^= (byte) (answers.incrementAndGet() < 3 ? 1 : 0);
                out.write(bytes);
                in.read();
              });
          case UDP ->
              UdpTestPeer.start((number, datagram, reply) -> {
                datagram[3] ^= (byte) (number < 3 ? 1 : 0);
                reply.accept(datagram);
              });
        };
    try (damaging) {
      assertThatCode(() -> PreflightCheck.at(damaging.address(), config(damaging), PATIENCE))
          .doesNotThrowAnyException();
    }
  }

  /** The answer to the first comes when others were sent since. */
  @Test
  void aSlowAnswerIsAwaitedAndTheFirstFourMayBeLost() {
    try (TestPeer peer =
        UdpTestPeer.start((number, datagram, reply) -> {
          if (number == 5) {
            reply.accept(datagram);
          }
        })) {
      assertThatCode(() -> PreflightCheck.at(peer.address(), config(peer), PATIENCE))
          .doesNotThrowAnyException();
    }
  }

  static Stream<TestPeer> strangers() {
    byte[] greeting = "220 mail ready\r\n".getBytes(US_ASCII);
    return Stream.of(
        TcpTestPeer.start((in, out) -> {
          out.write(greeting);
          in.read();
        }),
        TcpTestPeer.start((in, out) -> {
          byte[] bytes = in.readNBytes(16);
          bytes[15]++;
          out.write(bytes);
          in.read();
        }),
        UdpTestPeer.start((number, datagram, reply) -> reply.accept(greeting)),
        UdpTestPeer.start((number, datagram, reply) -> reply.accept(new byte[0])),
        UdpTestPeer.start((number, datagram, reply) -> reply.accept(Arrays.copyOf(datagram, 17))));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void aPeerThatIsNoEchoServerIsTold(TestPeer stranger) {
    try (stranger) {
      assertThatThrownBy(() -> PreflightCheck.at(stranger.address(), config(stranger), PATIENCE))
          .isInstanceOf(NotAnEchoException.class)
          .hasMessageContaining("the peer answered, but not with our bytes");
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void nobodyThereIsRefused(Transport transport) {
    TestPeer peer = TestPeer.echo(transport);
    peer.stop();

    assertFails(peer, PATIENCE, SocketError.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aSilentPeerTimesOut(Transport transport) {
    try (TestPeer peer = TestPeer.silent(transport)) {
      assertFails(peer, A_SECOND, SocketError.TIMED_OUT);
      if (transport == Transport.UDP) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(peer.served()).isEqualTo(5));
      }
    }
  }

  @Test
  void aPeerThatClosesAtOnceIsAReset() {
    try (TestPeer peer = TcpTestPeer.start((in, out) -> in.readNBytes(16))) {
      assertFails(peer, PATIENCE, SocketError.RESET);
    }
  }

  private static void assertFails(TestPeer peer, Duration patience, SocketError error) {
    assertThatThrownBy(() -> PreflightCheck.at(peer.address(), config(peer), patience))
        .isInstanceOfSatisfying(SocketFailure.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  private static SocketConfig config(TestPeer peer) {
    return LoadPlan.of(peer.address()).socket();
  }
}
