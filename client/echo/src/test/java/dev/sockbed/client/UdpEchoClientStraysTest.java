package dev.sockbed.client;

import static dev.sockbed.client.testing.Messages.content;
import static dev.sockbed.client.testing.Messages.message;
import static dev.sockbed.client.testing.Messages.random;
import static dev.sockbed.client.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.client.testing.UdpTestServer;
import dev.sockbed.client.testing.UdpTestServer.Treatment;
import dev.sockbed.client.testing.Way;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies over UDP that come late or twice are told from the one that is waited for. */
@Timeout(60)
@Tag("socket")
class UdpEchoClientStraysTest {
  /** Never reached. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Of exchanges that are meant to be lost. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private final ByteBuffer reply = ByteBuffer.allocate(128);

  @ParameterizedTest
  @MethodSource("dev.sockbed.client.testing.Way#all")
  void aLateReplyIsCountedAndNotTakenForTheNextOne(Way way) throws Exception {
    List<byte[]> held = new ArrayList<>();
    Treatment sendsTheFirstReplyAfterTheSecond =
        (number, datagram, reply) -> {
          held.add(datagram);
          if (number == 1) {
            reply.send(held.get(0));
            reply.send(held.get(1));
          }
        };
    try (UdpTestServer server = UdpTestServer.open(sendsTheFirstReplyAfterTheSecond);
        UdpEchoClient client = UdpEchoClient.connect(server.address(), way.udp(), SHORT)) {
      List<Outcome> outcomes =
          way.run(() ->
              List.of(
                  client.exchange(message("one"), reply), client.exchange(message("two"), reply)));
      assertThat(outcomes).containsExactly(Outcome.LOST, Outcome.OK);
      assertThat(text(reply)).isEqualTo("two");
      assertThat(client.lateReplies()).isEqualTo(1);
      assertThat(client.duplicateReplies()).isZero();
    }
  }

  @Test
  void aReplyThatComesTwiceIsCountedAndNotTakenForTheNextOne() throws Exception {
    Treatment echoesTwice =
        (number, datagram, reply) -> {
          reply.send(datagram);
          reply.send(datagram);
        };
    try (UdpTestServer server = UdpTestServer.open(echoesTwice);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.exchange(message("message " + i), reply.clear())).isEqualTo(Outcome.OK);
        assertThat(text(reply)).isEqualTo("message " + i);
      }
      // Of the last there is nobody any more to meet the second.
      assertThat(client.duplicateReplies()).isEqualTo(9);
      assertThat(client.lateReplies()).isZero();
    }
  }

  @Test
  void aLateReplyThatWasCutOnItsWayIsKnownByItsBeginning() throws Exception {
    Treatment sendsABeginningOfTheFirst =
        (number, datagram, reply) -> {
          if (number == 1) {
            reply.send(content(message("first mess")));
            reply.send(datagram);
          }
        };
    try (UdpTestServer server = UdpTestServer.open(sendsABeginningOfTheFirst);
        UdpEchoClient client = connect(server, SHORT)) {
      assertThat(client.exchange(message("first message"), reply)).isEqualTo(Outcome.LOST);
      assertThat(client.exchange(message("second message"), reply)).isEqualTo(Outcome.OK);
      assertThat(client.lateReplies()).isEqualTo(1);
    }
  }

  @Test
  void aLateReplyThatIsCutToTheReceiveLimitIsKnownToo() throws Exception {
    byte[] first = content(random(200));
    Treatment sendsTheFirstBeforeTheSecond =
        (number, datagram, reply) -> {
          if (number == 1) {
            reply.send(first);
            reply.send(datagram);
          }
        };
    try (UdpTestServer server = UdpTestServer.open(sendsTheFirstBeforeTheSecond);
        UdpEchoClient client = connect(server, SHORT)) {
      ByteBuffer reply = ByteBuffer.allocate(200);
      assertThat(client.exchange(ByteBuffer.wrap(first), reply)).isEqualTo(Outcome.LOST);
      assertThat(client.exchange(message("second"), reply)).isEqualTo(Outcome.OK);
      assertThat(client.lateReplies()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"15, OK, 1", "16, CORRUPT, 0"})
  void aReplyIsRememberedForFifteenRequests(int between, Outcome last, int late) throws Exception {
    Treatment sendsTheFirstReplyBeforeTheLast =
        (number, datagram, reply) -> {
          if (number == between) {
            reply.send(content(message("message 0")));
          }
          if (number > 0) {
            reply.send(datagram);
          }
        };
    try (UdpTestServer server = UdpTestServer.open(sendsTheFirstReplyBeforeTheLast);
        UdpEchoClient client = connect(server, SHORT)) {
      assertThat(client.exchange(message("message 0"), reply)).isEqualTo(Outcome.LOST);
      for (int i = 1; i < between; i++) {
        client.exchange(message("message " + i), reply.clear());
      }
      assertThat(client.exchange(message("message " + between), reply.clear())).isEqualTo(last);
      assertThat(client.lateReplies()).isEqualTo(late);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.client.testing.Way#all")
  void straysThatKeepComingDontKeepAnExchangeFromItsEnd(Way way) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    Treatment repeatsTheFirstForEver =
        (number, datagram, reply) -> {
          reply.send(content(message("first")));
          while (number > 0 && !ended.get()) {
            reply.send(content(message("first")));
          }
        };
    try (UdpTestServer server = UdpTestServer.open(repeatsTheFirstForEver);
        UdpEchoClient client = UdpEchoClient.connect(server.address(), way.udp(), SHORT)) {
      List<Outcome> outcomes =
          way.run(() ->
              List.of(
                  client.exchange(message("first"), reply),
                  client.exchange(message("second"), reply.clear())));
      ended.set(true);
      assertThat(outcomes).containsExactly(Outcome.OK, Outcome.LOST);
      assertThat(client.duplicateReplies()).isGreaterThan(1);
    }
  }

  @Test
  void equalRequestsGetEachTheirReply() throws Exception {
    try (UdpTestServer server = UdpTestServer.open(UdpTestServer.ECHO);
        UdpEchoClient client = connect(server, TIMEOUT)) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.exchange(message("x"), reply.clear())).isEqualTo(Outcome.OK);
      }
      await().until(() -> server.received() == 100);
      assertThat(client.duplicateReplies() + client.lateReplies()).isZero();
    }
  }

  private static UdpEchoClient connect(UdpTestServer server, Duration timeout)
      throws SocketFailure {
    return UdpEchoClient.connect(server.address(), UdpConfig.DEFAULT, timeout);
  }
}
