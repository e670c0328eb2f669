package dev.sockbed.client;

import static dev.sockbed.client.testing.Messages.bytes;
import static dev.sockbed.client.testing.Messages.content;
import static dev.sockbed.client.testing.Messages.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.client.testing.TcpTestServer;
import dev.sockbed.client.testing.UdpTestServer;
import dev.sockbed.client.testing.Way;
import dev.sockbed.common.Address;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Leftovers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What both clients promise, over both transports, on both kinds of threads, however they wait. */
@Timeout(60)
@Tag("socket")
class EchoClientTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static TcpTestServer tcp;
  private static UdpTestServer udp;
  private static TcpTestServer silentTcp;
  private static UdpTestServer silentUdp;

  @BeforeAll
  static void openServers() {
    tcp = TcpTestServer.open(TcpTestServer.ECHO);
    udp = UdpTestServer.open(UdpTestServer.ECHO);
    silentTcp = TcpTestServer.open(TcpTestServer.SILENCE);
    silentUdp = UdpTestServer.open(UdpTestServer.SILENCE);
  }

  @AfterAll
  static void closeServers() {
    tcp.close();
    udp.close();
    silentTcp.close();
    silentUdp.close();
  }

  /** A transport, and a way to run a client over it. */
  record Variant(Transport transport, Way way) {
    static Stream<Variant> of(Stream<Way> ways) {
      return ways.flatMap(
          way -> Stream.of(Transport.values()).map(transport -> new Variant(transport, way)));
    }

    EchoClient connect() throws SocketFailure {
      Address server = transport == Transport.TCP ? tcp.address() : udp.address();
      return EchoClient.connect(server, way.config(transport), TIMEOUT);
    }

    EchoClient connectToSilence(Duration timeout) throws SocketFailure {
      Address server = transport == Transport.TCP ? silentTcp.address() : silentUdp.address();
      return EchoClient.connect(server, way.config(transport), timeout);
    }
  }

  static Stream<Variant> all() {
    return Variant.of(Way.all());
  }

  static Stream<Variant> onPlatformThreads() {
    return Variant.of(Way.on(ThreadKind.PLATFORM));
  }

  static Stream<Variant> usual() {
    return Variant.of(Stream.of(Way.USUAL));
  }

  @ParameterizedTest
  @MethodSource("all")
  void messagesOfEveryLengthUpToTheLimitComeBackWhole(Variant variant) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    int longest = 128;
    int whole =
        variant
            .way()
            .run(() -> {
              try (EchoClient client = variant.connect()) {
                return echoedLengths(client, longest);
              }
            });
    assertThat(whole).isEqualTo(longest);
    leftovers.assertNone();
  }

  /** Exchanges one message of each length from 1 on, and counts those that came back whole. */
  private static int echoedLengths(EchoClient client, int longest) {
    ByteBuffer reply = ByteBuffer.allocateDirect(longest);
    int whole = 0;
    for (int length = 1; length <= longest; length++) {
      ByteBuffer request = random(length);
      boolean ok = client.exchange(request, reply.clear()) == Outcome.OK;
      whole += ok && Arrays.equals(bytes(reply), content(request)) ? 1 : 0;
    }
    return whole;
  }

  @ParameterizedTest
  @MethodSource("usual")
  void theRequestKeepsItsPlaceAndTheReplyMovesOn(Variant variant) throws Exception {
    try (EchoClient client = variant.connect()) {
      ByteBuffer request = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
      ByteBuffer reply = ByteBuffer.allocate(8).position(2);

      assertThat(client.exchange(request, reply)).isEqualTo(Outcome.OK);

      assertThat(request.position()).isEqualTo(1);
      assertThat(request.limit()).isEqualTo(4);
      assertThat(reply.position()).isEqualTo(5);
      assertThat(reply.limit()).isEqualTo(8);
      assertThat(reply.array()).containsExactly(0, 0, 1, 2, 3, 0, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPeerThatNeverAnswersCostsTheTimeoutAndNoMore(Variant variant) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (EchoClient client = variant.connectToSilence(Duration.ofMillis(50))) {
      long start = System.nanoTime();
      Outcome outcome = variant.way().run(() -> exchangeSomething(client));
      assertThat(outcome).isEqualTo(Outcome.LOST);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @MethodSource("all")
  void closingFromAnotherThreadEndsAnExchange(Variant variant) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    EchoClient client = variant.connectToSilence(Duration.ofHours(1));
    Call<Outcome> call = variant.way().start(() -> exchangeSomething(client));
    call.awaitInside("receive");

    client.close();

    assertThat(call.result()).isEqualTo(Outcome.LOST);
    assertThat(client.isOpen()).isFalse();
    leftovers.assertNone();
  }

  @ParameterizedTest
  @MethodSource("all")
  void interruptingAnExchangeEndsItAndTheClient(Variant variant) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    EchoClient client = variant.connectToSilence(Duration.ofHours(1));
    Call<Outcome> call = variant.way().start(() -> exchangeSomething(client));
    call.awaitInside("receive");

    call.thread().interrupt();

    assertThat(call.result()).isEqualTo(Outcome.LOST);
    assertThat(client.isOpen()).isFalse();
    leftovers.assertNone();
  }

  @ParameterizedTest
  @MethodSource("onPlatformThreads")
  void aClosedClientFailsEveryExchange(Variant variant) throws Exception {
    EchoClient client = variant.connect();
    assertThat(client.isOpen()).isTrue();
    client.close();
    client.close();
    assertThat(client.isOpen()).isFalse();
    assertThat(exchangeSomething(client)).isEqualTo(Outcome.FAILED);
  }

  @ParameterizedTest
  @MethodSource("usual")
  void aCallThatMakesNoSenseIsRefusedBeforeAnythingIsSent(Variant variant) throws Exception {
    try (EchoClient client = variant.connect()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.exchange(ByteBuffer.allocate(4), ByteBuffer.allocate(3)))
          .withMessage("the reply has room for 3 bytes and needs 4");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.exchange(ByteBuffer.allocate(4), ByteBuffer.allocate(0)))
          .withMessage("the reply has room for 0 bytes and needs 4");
      assertThat(exchangeSomething(client)).isEqualTo(Outcome.OK);
    }
  }

  @ParameterizedTest
  @MethodSource("usual")
  void theFiveTupleNamesBothEnds(Variant variant) throws Exception {
    try (EchoClient client = variant.connect()) {
      Address server = variant.transport() == Transport.TCP ? tcp.address() : udp.address();
      assertThat(client.fiveTuple().transport()).isEqualTo(variant.transport());
      assertThat(client.fiveTuple().local().getPort()).isPositive();
      assertThat(Address.of(variant.transport(), client.fiveTuple().remote())).isEqualTo(server);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void anUnknownHostIsAFailureToConnect(Transport transport) {
    Address nowhere = new Address(transport, "no-such-host.invalid", 10_000);
    assertThatThrownBy(
            () -> EchoClient.connect(nowhere, Way.USUAL.config(transport), TIMEOUT).close())
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.UNKNOWN_HOST));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aTimeoutOfZeroIsRefused(Transport transport) {
    Address server = new Address(transport, "127.0.0.1", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EchoClient.connect(server, Way.USUAL.config(transport), Duration.ZERO).close())
        .withMessage("the timeout must be longer than zero: 0 s");
  }

  @Test
  void anAddressForTheOtherTransportIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EchoClient.connect(udp.address(), TcpConfig.DEFAULT, TIMEOUT).close())
        .withMessage("not an address for tcp: " + udp.address());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EchoClient.connect(tcp.address(), UdpConfig.DEFAULT, TIMEOUT).close())
        .withMessage("not an address for udp: " + tcp.address());
  }

  private static Outcome exchangeSomething(EchoClient client) {
    return client.exchange(random(4), ByteBuffer.allocate(4));
  }
}
