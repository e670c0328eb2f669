package dev.sockbed.client;

import static dev.sockbed.client.testing.Messages.bytes;
import static dev.sockbed.client.testing.Messages.content;
import static dev.sockbed.client.testing.Messages.message;
import static dev.sockbed.client.testing.Messages.random;
import static dev.sockbed.client.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.client.testing.UdpTestServer;
import dev.sockbed.client.testing.UdpTestServer.Treatment;
import dev.sockbed.client.testing.Way;
import dev.sockbed.common.Address;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.testing.Leftovers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a message over UDP, by what the server does with it. */
@Timeout(60)
@Tag("socket")
class UdpEchoClientTest {
  /** Never reached. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Of exchanges that are meant to be lost. */
  private static final Duration SHORT = Duration.ofMillis(500);

  /** A port that nothing listens on. */
  private static final Address NOBODY = Address.parse("udp://127.0.0.1:1");

  private final ByteBuffer reply = ByteBuffer.allocate(128);

  @ParameterizedTest
  @CsvSource({
    "hello,   OK",
    "hel,     TRUNCATED",
    "'',      TRUNCATED",
    "hallo,   CORRUPT",
    "hal,     CORRUPT",
    "hello!,  CORRUPT"
  })
  void whatComesBackDecidesTheOutcome(String answer, Outcome outcome) throws Exception {
    Treatment answers = (number, datagram, reply) -> reply.send(content(message(answer)));
    try (UdpTestServer server = UdpTestServer.open(answers);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      assertThat(client.exchange(message("hello"), reply)).isEqualTo(outcome);
      assertThat(text(reply)).isEqualTo(answer);
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void aLongerAnswerThanTheReplyHasRoomForIsCorrupt() throws Exception {
    Treatment answers = (number, datagram, reply) -> reply.send(content(message("hello!")));
    try (UdpTestServer server = UdpTestServer.open(answers);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      assertThat(client.exchange(message("hello"), ByteBuffer.allocate(5)))
          .isEqualTo(Outcome.CORRUPT);
    }
  }

  @ParameterizedTest
  @CsvSource({"127, OK", "128, OK", "129, TRUNCATED", "65507, TRUNCATED"})
  void anEchoLongerThanTheReceiveLimitIsTruncated(int length, Outcome outcome) throws Exception {
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      ByteBuffer request = random(length);
      ByteBuffer reply = ByteBuffer.allocate(length);
      assertThat(client.exchange(request, reply)).isEqualTo(outcome);
      assertThat(bytes(reply)).isEqualTo(Arrays.copyOf(content(request), Math.min(length, 128)));
      assertThat(client.exchange(message("hello"), reply.clear())).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void anEmptyDatagramComesBack() throws Exception {
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      assertThat(client.exchange(message(""), reply)).isEqualTo(Outcome.OK);
      assertThat(reply.position()).isZero();
      assertThat(server.received()).isEqualTo(1);
    }
  }

  @Test
  void theLongestDatagramFitsTheLargestReceiveLimit() throws Exception {
    UdpConfig config = UdpConfig.DEFAULT.withReceiveLimit(UdpConfig.LONGEST_DATAGRAM);
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO);
        UdpEchoClient client = UdpEchoClient.connect(server.address(), config, TIMEOUT)) {
      ByteBuffer reply = ByteBuffer.allocate(UdpConfig.LONGEST_DATAGRAM);
      assertThat(client.exchange(random(UdpConfig.LONGEST_DATAGRAM), reply)).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void aMessageLongerThanADatagramFailsAndTheNextIsSent() throws Exception {
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      int tooLong = UdpConfig.LONGEST_DATAGRAM + 1;
      assertThat(client.exchange(random(tooLong), ByteBuffer.allocate(tooLong)))
          .isEqualTo(Outcome.FAILED);
      assertThat(client.exchange(message("hello"), reply)).isEqualTo(Outcome.OK);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.client.testing.Way#all")
  void aLostMessageIsFollowedByOneThatIsNot(Way way) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    Treatment dropsTheFirst =
        (number, datagram, reply) -> {
          if (number > 0) {
            reply.send(datagram);
          }
        };
    try (UdpTestServer server = UdpTestServer.open(dropsTheFirst);
        UdpEchoClient client = UdpEchoClient.connect(server.address(), way.udp(), SHORT)) {
      FiveTuple before = client.fiveTuple();
      List<Outcome> outcomes =
          way.run(() ->
              List.of(
                  client.exchange(message("one"), reply), client.exchange(message("two"), reply)));
      assertThat(outcomes).containsExactly(Outcome.LOST, Outcome.OK);
      assertThat(text(reply)).isEqualTo("two");
      assertThat(client.fiveTuple()).isEqualTo(before);
      assertThat(client.lateReplies()).isZero();
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.client.testing.Way#all")
  void nobodyListeningIsRefused(Way way) throws Exception {
    try (UdpEchoClient client = UdpEchoClient.connect(NOBODY, way.udp(), SHORT)) {
      Outcome outcome =
          way.run(() -> {
            Outcome each = client.exchange(message("hello"), reply.clear());
            // Systems limit how many ICMP messages they send a second, whoever causes them.
            for (int i = 0; i < 50 && each == Outcome.LOST; i++) {
              each = client.exchange(message("hello"), reply.clear());
            }
            return each;
          });
      assertThat(outcome).isEqualTo(Outcome.REFUSED);
      assertThat(client.isOpen()).isTrue();
    }
  }

  private static UdpEchoClient connect(UdpTestServer server, Duration timeout)
      throws SocketFailure {
    return UdpEchoClient.connect(server.address(), UdpConfig.DEFAULT, timeout);
  }
}
