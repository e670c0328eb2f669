package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.testing.Call;
import dev.sockbed.common.testing.Leftovers;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What both sockets promise, on both kinds of thread, however they wait. */
@ParameterizedClass
@MethodSource("dev.sockbed.common.socket.Way#all")
@Tag("socket")
class SocketContractTest {
  private static final int LIMIT = 128;

  private final Way way;
  private final Leftovers leftovers = Leftovers.lookNow();

  SocketContractTest(Way way) {
    this.way = way;
  }

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @Test
  void messagesArriveWholeInBothDirections() throws Exception {
    try (Ends ends = way.open()) {
      way.run(() -> exchange(ends));
    }
  }

  @Test
  void messagesArriveOverIpv6() throws Exception {
    try (Ends ends = way.open(AddressFamily.INET6)) {
      way.run(() -> exchange(ends));
    }
  }

  private static int exchange(Ends ends) throws Exception {
    for (int length : new int[] {1, 16, 64, 127, 128}) {
      assertThat(ends.near().send(Ends.message(length))).isEqualTo(length);
      ByteBuffer arrived = Ends.receiveAll(ends.far(), length);
      assertThat(arrived).isEqualTo(Ends.message(length));
      assertThat(ends.far().send(arrived)).isEqualTo(length);
      assertThat(Ends.receiveAll(ends.near(), length)).isEqualTo(Ends.message(length));
      assertThat(ends.near().truncated()).isFalse();
    }
    return 0;
  }

  @Test
  void aReceiveThatBeginsFirstWaitsForTheMessage() throws Exception {
    try (Ends ends = way.open()) {
      Call<ByteBuffer> receive = way.start(() -> Ends.receiveAll(ends.far(), 16));
      receive.awaitInside("receive");
      ends.near().send(Ends.message(16));
      assertThat(receive.result()).isEqualTo(Ends.message(16));
    }
  }

  @Test
  void aReceiveTakesNoMoreThanItsLimitAndLeavesTheRestOfTheBufferAlone() throws Exception {
    try (Ends ends = way.open()) {
      ends.near().send(Ends.message(100));
      ByteBuffer buffer = ByteBuffer.allocate(200).position(7).limit(150);
      int received = way.run(() -> ends.far().receive(buffer, 60));
      assertThat(received).isEqualTo(60);
      assertThat(buffer.position()).isEqualTo(67);
      assertThat(buffer.limit()).isEqualTo(150);
      assertThat(buffer.slice(7, 60)).isEqualTo(Ends.message(100).limit(60));
      assertThat(buffer.clear().get(67)).isZero();
    }
  }

  @Test
  void aLimitThatCannotBeKeptIsRefused() throws Exception {
    try (Ends ends = way.open()) {
      ByteBuffer buffer = ByteBuffer.allocate(2 * LIMIT);
      for (int limit : new int[] {-1, 0, LIMIT + 1}) {
        assertThatThrownBy(() -> ends.near().receive(buffer, limit))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("receive limit " + limit + ": must be 1 to " + LIMIT);
      }
      buffer.limit(10);
      assertThatThrownBy(() -> ends.near().receive(buffer, 11))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("receive limit 11: must be 1 to 10");
      assertThat(buffer.position()).isZero();
    }
  }

  @Test
  void aReceiveThatTimedOutCanBeMadeAgain() throws Exception {
    Duration timeout = Duration.ofMillis(40);
    try (Ends ends = way.open(timeout)) {
      long start = System.nanoTime();
      Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
      assertThat(receive.error()).isEqualTo(SocketError.TIMED_OUT);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeout.toNanos());
      assertThat(ends.near().isOpen()).isTrue();

      ends.far().send(Ends.message(9));
      assertThat(way.run(() -> Ends.receiveAll(ends.near(), 9))).isEqualTo(Ends.message(9));
    }
  }

  @Test
  void closingEndsAReceiveThatWaitsInAnotherThread() throws Exception {
    try (Ends ends = way.open()) {
      Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
      receive.awaitInside("receive");
      ends.near().close();
      assertThat(receive.error()).isEqualTo(SocketError.CLOSED);
      assertThat(ends.near().isOpen()).isFalse();
    }
  }

  @Test
  void interruptingAReceiveClosesTheSocket() throws Exception {
    try (Ends ends = way.open()) {
      Call<Integer> receive = way.start(() -> ends.near().receive(ByteBuffer.allocate(9), 9));
      receive.awaitInside("receive").thread().interrupt();
      assertThat(receive.error()).isEqualTo(SocketError.CLOSED);
      assertThat(ends.near().isOpen()).isFalse();
    }
  }

  @Test
  void everyCallOnAClosedSocketSaysSo() throws Exception {
    try (Ends ends = way.open()) {
      BlockingSocket closed = ends.near();
      closed.close();
      closed.close();
      assertThat(way.start(() -> closed.send(Ends.message(1))).error())
          .isEqualTo(SocketError.CLOSED);
      assertThat(way.start(() -> closed.receive(ByteBuffer.allocate(9), 9)).error())
          .isEqualTo(SocketError.CLOSED);
      assertThat(way.start(closed::receiveBufferBytes).error()).isEqualTo(SocketError.CLOSED);
      assertThatThrownBy(closed::localAddress)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("closed");
    }
  }

  @Test
  void eachEndSeesTheOthersFiveTupleReversed() throws Exception {
    try (Ends ends = way.open()) {
      FiveTuple near = ends.near().fiveTuple();
      assertThat(near.transport()).isEqualTo(way.transport());
      assertThat(near.local()).isEqualTo(ends.near().localAddress());
      assertThat(near.reversed()).isEqualTo(ends.far().fiveTuple());
    }
  }

  @Test
  void aSocketThatIsNotConnectedHasNoFiveTuple() throws Exception {
    try (BlockingSocket socket = unconnected()) {
      assertThatThrownBy(socket::fiveTuple)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("not connected");
      assertThatThrownBy(socket::localAddress)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("not bound");
    }
  }

  @Test
  void bindingTakesThatAddressAndNoTakenOne() throws Exception {
    try (BlockingSocket holder = unconnected();
        BlockingSocket second = unconnected()) {
      holder.bind(Ends.anyPort(AddressFamily.INET));
      assertThat(holder.localAddress().getPort()).isPositive();
      assertThat(
              way.start(
                      () -> {
                        second.bind(holder.localAddress());
                        return 0;
                      })
                  .error())
          .isEqualTo(SocketError.ADDRESS_IN_USE);
    }
  }

  private BlockingSocket unconnected() throws Exception {
    return switch (way.transport()) {
      case TCP -> TcpSocket.open(AddressFamily.INET, way.tcp());
      case UDP -> UdpSocket.open(AddressFamily.INET, way.udp());
    };
  }
}
