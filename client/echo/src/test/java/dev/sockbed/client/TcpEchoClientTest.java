package dev.sockbed.client;

import static dev.sockbed.client.testing.Messages.bytes;
import static dev.sockbed.client.testing.Messages.content;
import static dev.sockbed.client.testing.Messages.message;
import static dev.sockbed.client.testing.Messages.random;
import static dev.sockbed.client.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.client.testing.TcpTestServer;
import dev.sockbed.client.testing.TcpTestServer.Conversation;
import dev.sockbed.client.testing.Way;
import dev.sockbed.common.Address;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message over TCP, by what the server does with it. */
@Timeout(60)
@Tag("socket")
class TcpEchoClientTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** What a server may do with {@code hello}, and what the client then says of it. */
  record Treatment(String name, Conversation conversation, Outcome outcome, String arrived) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Treatment> treatments() {
    return Stream.of(
        new Treatment(
            "closes without an answer",
            peer -> {
              peer.getInputStream().readNBytes(5);
              peer.close();
            },
            Outcome.LOST,
            ""),
        new Treatment(
            "ends its stream and reads on",
            peer -> {
              peer.shutdownOutput();
              peer.getInputStream().transferTo(OutputStream.nullOutputStream());
            },
            Outcome.LOST,
            ""),
        new Treatment(
            "closes amid the answer",
            peer -> {
              answer(peer, "hel");
              peer.close();
            },
            Outcome.TRUNCATED,
            "hel"),
        new Treatment(
            "closes amid another answer",
            peer -> {
              answer(peer, "hal");
              peer.close();
            },
            Outcome.CORRUPT,
            "hal"),
        new Treatment(
            "breaks off",
            peer -> {
              peer.getInputStream().readNBytes(5);
              breakOff(peer);
            },
            Outcome.REFUSED,
            ""),
        new Treatment(
            "breaks off amid the answer",
            peer -> {
              answer(peer, "hel");
              breakOff(peer);
            },
            Outcome.REFUSED,
            "hel"));
  }

  static Stream<Arguments> treatmentsInEveryWay() {
    return treatments().flatMap(treatment -> Way.all().map(way -> Arguments.of(treatment, way)));
  }

  @ParameterizedTest
  @MethodSource("treatmentsInEveryWay")
  void whatTheServerDoesDecidesTheOutcome(Treatment treatment, Way way) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(treatment.conversation());
        TcpEchoClient client = TcpEchoClient.connect(server.address(), way.tcp(), TIMEOUT)) {
      ByteBuffer reply = ByteBuffer.allocate(5);

      Outcome outcome = way.run(() -> client.exchange(message("hello"), reply));

      assertThat(outcome).isEqualTo(treatment.outcome());
      assertThat(text(reply)).isEqualTo(treatment.arrived());
      assertThat(client.isOpen()).isFalse();
      assertThat(client.exchange(message("hello"), reply.clear())).isEqualTo(Outcome.FAILED);
    }
    leftovers.assertNone();
  }

  @Test
  void otherBytesOfTheRightNumberAreCorruptAndTheStreamIsStillInStep() throws Exception {
    Conversation answersHalloOnce =
        peer -> {
          answer(peer, "hallo");
          TcpTestServer.ECHO.hold(peer);
        };
    try (TcpTestServer server = TcpTestServer.open(answersHalloOnce);
        TcpEchoClient client = connect(server)) {
      ByteBuffer reply = ByteBuffer.allocate(5);
      assertThat(client.exchange(message("hello"), reply)).isEqualTo(Outcome.CORRUPT);
      assertThat(text(reply)).isEqualTo("hallo");
      assertThat(client.exchange(message("again"), reply.clear())).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void afterATimeoutTheConnectionIsClosedSinceTheStreamIsOutOfStep() throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.SILENCE);
        TcpEchoClient client =
            TcpEchoClient.connect(server.address(), TcpConfig.DEFAULT, Duration.ofMillis(50))) {
      ByteBuffer reply = ByteBuffer.allocate(5);
      assertThat(client.exchange(message("hello"), reply)).isEqualTo(Outcome.LOST);
      assertThat(client.isOpen()).isFalse();
      assertThat(client.exchange(message("hello"), reply)).isEqualTo(Outcome.FAILED);
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.client.testing.Way#all")
  void aPeerThatNeverReadsCostsTheTimeout(Way way) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (TcpTestServer server = TcpTestServer.open(peer -> {});
        TcpEchoClient client =
            TcpEchoClient.connect(
                server.address(), way.tcp().withSendBufferBytes(4 << 10), Duration.ofMillis(100))) {
      int length = 16 << 20;
      Outcome outcome =
          way.run(() -> client.exchange(random(length), ByteBuffer.allocateDirect(length)));
      assertThat(outcome).isEqualTo(Outcome.LOST);
      assertThat(client.isOpen()).isFalse();
    }
    leftovers.assertNone();
  }

  @Test
  void aMessageLongerThanAllBuffersTogetherComesBackWhole() throws Exception {
    int length = 32 << 20;
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO);
        TcpEchoClient client =
            TcpEchoClient.connect(
                server.address(), TcpConfig.DEFAULT.withReceiveLimit(64 << 10), TIMEOUT)) {
      ByteBuffer request = random(length);
      ByteBuffer reply = ByteBuffer.allocateDirect(length);
      assertThat(client.exchange(request, reply)).isEqualTo(Outcome.OK);
      assertThat(reply.flip()).isEqualTo(request);
    }
  }

  @Test
  void anEmptyMessageIsRefused() throws Exception {
    try (TcpTestServer server = TcpTestServer.open(TcpTestServer.ECHO);
        TcpEchoClient client = connect(server)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.exchange(ByteBuffer.allocate(0), ByteBuffer.allocate(1)))
          .withMessage("an empty message can't be seen in a stream");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 127, 128, 129, 300})
  void howeverTheAnswerIsSplitItIsPutTogether(int pieceLength) throws Exception {
    try (TcpTestServer server = TcpTestServer.open(peer -> echoInPieces(peer, pieceLength));
        TcpEchoClient client = connect(server)) {
      ByteBuffer reply = ByteBuffer.allocate(512);
      for (int length = 1; length <= 512; length += 7) {
        ByteBuffer request = random(length);
        assertThat(client.exchange(request, reply.clear())).isEqualTo(Outcome.OK);
        assertThat(bytes(reply)).isEqualTo(content(request));
      }
    }
  }

  @Test
  void aServerThatIsNotThereRefusesTheConnection() {
    Address nobody = Address.parse("tcp://127.0.0.1:1");
    Leftovers leftovers = Leftovers.lookNow();
    assertThatThrownBy(() -> TcpEchoClient.connect(nobody, TcpConfig.DEFAULT, TIMEOUT).close())
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.REFUSED))
        .hasMessageContaining(nobody.toString());
    leftovers.assertNone();
  }

  private static TcpEchoClient connect(TcpTestServer server) throws SocketFailure {
    return TcpEchoClient.connect(server.address(), TcpConfig.DEFAULT, TIMEOUT);
  }

  /** Takes {@code hello} and sends that. */
  private static void answer(Socket peer, String text) throws IOException {
    peer.getInputStream().readNBytes(5);
    peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Closes with a RST. */
  private static void breakOff(Socket peer) throws IOException {
    peer.setSoLinger(true, 0);
    peer.close();
  }

  private static void echoInPieces(Socket peer, int pieceLength) throws IOException {
    peer.setTcpNoDelay(true);
    InputStream in = peer.getInputStream();
    byte[] bytes = new byte[512];
    int count;
    while ((count = in.read(bytes)) > 0) {
      for (int sent = 0; sent < count; sent += pieceLength) {
        peer.getOutputStream().write(bytes, sent, Math.min(pieceLength, count - sent));
      }
    }
  }
}
