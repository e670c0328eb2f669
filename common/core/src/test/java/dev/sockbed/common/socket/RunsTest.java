package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.testing.Leftovers;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several messages in one call are the same as one after the other. */
@Tag("socket")
class RunsTest {
  private static final int LIMIT = 700;

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  static Stream<IoMode> modes() {
    return Stream.of(IoMode.PLAIN, IoMode.BATCHED)
        .filter(io -> io == IoMode.PLAIN || BatchedIo.isAvailable());
  }

  @ParameterizedTest
  @MethodSource("modes")
  void datagramsKeepTheirBoundsBytesAndOrder(IoMode io) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    UdpConfig config = UdpConfig.DEFAULT.withReceiveLimit(LIMIT).withIo(io);
    try (Ends ends = Ends.overUdp(AddressFamily.INET, config)) {
      UdpSocket near = ends.nearUdp();
      UdpSocket far = (UdpSocket) ends.far();
      ByteBuffer received = ByteBuffer.allocateDirect(8 * LIMIT);
      for (int round = 0; round < 60; round++) {
        int length = round % 10 == 0 ? 0 : 1 + random.nextInt(LIMIT);
        int count = length == 0 ? 1 : 1 + random.nextInt(150);
        int last = random.nextInt(LIMIT + 1);
        ByteBuffer sent = Ends.message(count * length);
        while (!near.enqueueRun(sent, length, null)) {
          near.flush();
        }
        while (!near.enqueue(Ends.message(last))) {
          near.flush();
        }
        near.flush();
        assertThat(sent.hasRemaining()).isFalse();

        String which = "%d of %d bytes and one of %d, seed %d".formatted(count, length, last, seed);
        ByteBuffer all = ByteBuffer.allocate(count * length);
        int datagrams = 0;
        while (datagrams < count) {
          assertThat(far.receiveRun(received.clear(), LIMIT)).as(which).isEqualTo(length);
          datagrams += length == 0 ? 1 : received.position() / length;
          if (datagrams > count) {
            received.position(received.position() - length); // The last one has this length too.
            last = -1;
          }
          all.put(received.flip());
        }
        assertThat(all.flip()).as(which).isEqualTo(sent.rewind());
        if (last >= 0) {
          assertThat(far.receiveRun(received.clear(), LIMIT)).as(which).isEqualTo(last);
          assertThat(received.flip()).as(which).isEqualTo(Ends.message(last));
        }
        assertThat(far.truncated()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aDatagramLongerThanTheLimitIsARunOfItsOwnAndCut(IoMode io) throws Exception {
    UdpConfig config = UdpConfig.DEFAULT.withReceiveLimit(LIMIT).withIo(io);
    try (Ends ends = Ends.overUdp(AddressFamily.INET, config)) {
      ByteBuffer sent = Ends.message(3 * (LIMIT + 1));
      assertThat(ends.nearUdp().enqueueRun(sent, LIMIT + 1, null)).isTrue();
      ends.near().flush();
      UdpSocket far = (UdpSocket) ends.far();
      ByteBuffer received = ByteBuffer.allocateDirect(8 * LIMIT);
      for (int i = 0; i < 3; i++) {
        assertThat(far.receiveRun(received.clear(), LIMIT)).isEqualTo(LIMIT);
        assertThat(far.truncated()).isTrue();
        ByteBuffer begin = sent.duplicate().clear().position(i * (LIMIT + 1));
        assertThat(received.flip()).isEqualTo(begin.limit(begin.position() + LIMIT));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aStreamIsGivenAsItCameAndWhatIsLeftByTheNextReceive(IoMode io) throws Exception {
    TcpConfig config = TcpConfig.DEFAULT.withReceiveLimit(LIMIT).withIo(io);
    try (Ends ends = Ends.overTcp(AddressFamily.INET, config)) {
      ByteBuffer sent = Ends.message(5_000);
      ends.near().send(sent);
      ends.nearTcp().shutdownOutput();
      ByteBuffer own = ByteBuffer.allocateDirect(LIMIT);
      ByteBuffer all = ByteBuffer.allocate(5_000);
      while (all.hasRemaining()) {
        ByteBuffer bytes = ends.farTcp().receiveAvailable(own, LIMIT);
        assertThat(bytes.hasRemaining()).isTrue();
        boolean isAhead = io == IoMode.BATCHED && bytes.remaining() > 100;
        ByteBuffer some = bytes.slice(bytes.position(), isAhead ? 100 : bytes.remaining());
        bytes.position(bytes.position() + some.remaining());
        all.put(some);
        assertThat(ends.far().hasReceived()).isEqualTo(isAhead);
      }
      assertThat(all.flip()).isEqualTo(sent.rewind());
      assertThat(ends.farTcp().receiveAvailable(own, LIMIT).hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClosedSocketTakesAndGivesNone(IoMode io) throws Exception {
    UdpConfig udp = UdpConfig.DEFAULT.withReceiveLimit(LIMIT).withIo(io);
    TcpConfig tcp = TcpConfig.DEFAULT.withReceiveLimit(LIMIT).withIo(io);
    try (Ends datagrams = Ends.overUdp(AddressFamily.INET, udp);
        Ends stream = Ends.overTcp(AddressFamily.INET, tcp)) {
      datagrams.near().close();
      stream.near().close();
      ByteBuffer own = ByteBuffer.allocateDirect(LIMIT);
      UdpSocket near = datagrams.nearUdp();
      assertThatThrownBy(() -> near.enqueueRun(Ends.message(20), 10, null))
          .satisfies(RunsTest::isClosed);
      assertThatThrownBy(() -> near.receiveRun(own, LIMIT)).satisfies(RunsTest::isClosed);
      assertThatThrownBy(() -> stream.nearTcp().receiveAvailable(own, LIMIT))
          .satisfies(RunsTest::isClosed);
    }
  }

  private static void isClosed(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.CLOSED));
  }
}
