package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lane whose waiting was ended goes on, whoever finds its socket closed first. */
@Tag("socket")
class UdpLaneTest {
  private static final String MESSAGE = "0102030405060708";

  @ParameterizedTest
  @MethodSource("dev.sockbed.bench.load.Way#all")
  void aMessageGoesOutAfterAWaitWasEnded(Way way) throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.UDP);
        UdpLane lane = open(peer, way)) {
      lane.endWaiting();

      lane.send(message(), 0);

      assertThat(received(lane)).containsExactly(MESSAGE);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.bench.load.Way#all")
  void aBatchGoesOutAfterAWaitWasEnded(Way way) throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.UDP);
        UdpLane lane = open(peer, way)) {
      lane.endWaiting();

      assertThat(lane.enqueue(message(), 0)).isTrue();
      lane.flush();

      assertThat(received(lane)).containsExactly(MESSAGE);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.bench.load.Way#all")
  void aReceiveGoesOnAfterItsWaitWasEnded(Way way) throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.UDP);
        UdpLane lane = open(peer, way)) {
      lane.endWaiting();

      assertThat(lane.receive((_, _, _, _) -> true)).isEqualTo(Lane.NOTHING_YET);
      lane.send(message(), 0);

      assertThat(received(lane)).containsExactly(MESSAGE);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.bench.load.Way#all")
  void aLaneWhoseWaitWasEndedIsConnectedAndHasNoOptionsUntilItIsUsedAgain(Way way)
      throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.UDP);
        UdpLane lane = open(peer, way)) {
      assertThat(lane.options()).isNotNull();

      lane.endWaiting();

      assertThat(lane.isConnected()).isTrue();
      assertThat(lane.options()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sockbed.bench.load.Way#all")
  void aLaneThatWasClosedStaysClosed(Way way) throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.UDP)) {
      UdpLane lane = open(peer, way);
      lane.close();

      assertThatThrownBy(() -> lane.enqueue(message(), 0))
          .isInstanceOfSatisfying(
              SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.CLOSED));
    }
  }

  /** A sender asks before each message, and fails it if not. */
  @ParameterizedTest
  @MethodSource("dev.sockbed.bench.load.Way#blocking")
  void isConnectedAlsoWhileTheReceiverGoesOn(Way way) throws Exception {
    try (TestPeer peer = TestPeer.echo(Transport.UDP);
        UdpLane lane = open(peer, way)) {
      for (int round = 0; round < 200; round++) {
        lane.endWaiting();
        FutureTask<Integer> receiver = new FutureTask<>(() -> lane.receive((_, _, _, _) -> true));
        Thread.ofPlatform().start(receiver);
        while (!receiver.isDone()) {
          assertThat(lane.isConnected()).isTrue();
        }
        assertThat(receiver.get()).isEqualTo(Lane.NOTHING_YET);
      }
    }
  }

  private static UdpLane open(TestPeer peer, Way way) throws SocketFailure {
    UdpConfig config = UdpConfig.DEFAULT.withIo(way.io()).withWaiting(way.waiting());
    UdpLane lane = new UdpLane(peer.address(), config);
    lane.connect();
    return lane;
  }

  private static List<String> received(UdpLane lane) throws SocketFailure {
    List<String> received = new ArrayList<>();
    lane.receive((message, _, _, _) -> {
      byte[] bytes = new byte[message.remaining()];
      message.duplicate().get(bytes);
      return received.add(HexFormat.of().formatHex(bytes));
    });
    return received;
  }

  private static ByteBuffer message() {
    byte[] bytes = HexFormat.of().parseHex(MESSAGE);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
