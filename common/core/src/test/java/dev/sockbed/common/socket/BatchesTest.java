package dev.sockbed.common.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.testing.Leftovers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What batches must not change, and what they are for. */
@Tag("socket")
class BatchesTest {
  private static final UdpConfig UDP = udp(128);
  private static final int LONGEST = 1_500;

  private final Leftovers leftovers = Leftovers.lookNow();

  @BeforeEach
  void onlyWhereTheyAreToBeHad() {
    assumeTrue(BatchedIo.isAvailable(), "batches need Linux");
  }

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  private static UdpConfig udp(int limit) {
    IoMode io = BatchedIo.isAvailable() ? IoMode.BATCHED : IoMode.PLAIN;
    return UdpConfig.DEFAULT.withReceiveLimit(limit).withIo(io);
  }

  @Test
  void datagramsOfManyLengthsKeepTheirBoundsAndTheirOrder() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Ends ends = Ends.overUdp(AddressFamily.INET, udp(LONGEST))) {
      for (int round = 0; round < 50; round++) {
        List<Integer> lengths = someLengths(random);
        for (int length : lengths) {
          enqueue(ends.near(), Ends.message(length));
        }
        ends.near().flush();
        for (int length : lengths) {
          ByteBuffer received = ByteBuffer.allocate(LONGEST);
          ends.far().receive(received, LONGEST);
          assertThat(received.flip())
              .as("a datagram of %d bytes in round %d, seed %d", length, round, seed)
              .isEqualTo(Ends.message(length));
        }
        assertThat(ends.far().hasReceived()).isFalse();
      }
    }
  }

  /** Runs of the same length, which can travel as one, between single others, empty ones too. */
  private static List<Integer> someLengths(Random random) {
    List<Integer> lengths = new ArrayList<>();
    int runs = 1 + random.nextInt(6);
    for (int run = 0; run < runs; run++) {
      int length = random.nextInt(LONGEST + 1);
      int times = random.nextBoolean() ? 1 : 1 + random.nextInt(150);
      for (int i = 0; i < times && lengths.size() < 200; i++) {
        lengths.add(length);
      }
    }
    return lengths;
  }

  @Test
  void eachDatagramThatTravelledWithOthersIsCutToTheLimit() throws Exception {
    try (Ends ends = Ends.overUdp(AddressFamily.INET, UDP)) {
      for (int i = 0; i < 100; i++) {
        enqueue(ends.near(), Ends.message(i % 3 == 0 ? 129 : 200));
      }
      ends.near().flush();
      for (int i = 0; i < 100; i++) {
        ByteBuffer received = ByteBuffer.allocate(128);
        assertThat(ends.far().receive(received, 128)).isEqualTo(128);
        assertThat(ends.far().truncated()).isTrue();
        ByteBuffer sent = Ends.message(i % 3 == 0 ? 129 : 200).limit(128);
        assertThat(received.flip()).isEqualTo(sent);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void datagramsOfManyPeersKeepTheirSenders(AddressFamily family) throws Exception {
    List<UdpSocket> peers = new ArrayList<>();
    try (UdpSocket server = UdpSocket.open(family, UDP)) {
      server.bind(Ends.anyPort(family));
      for (int i = 0; i < 20; i++) {
        UdpSocket peer = UdpSocket.open(family, UDP);
        peers.add(peer);
        peer.connect(server.localAddress());
        for (int j = 0; j < 5; j++) {
          enqueue(peer, Ends.message(1 + i));
        }
        peer.flush();
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect(128);
      for (int i = 0; i < 100; i++) {
        int length = server.receiveFrom(buffer.clear(), 128);
        assertThat(server.sender()).isEqualTo(peers.get(length - 1).localAddress());
        assertThat(server.enqueueTo(buffer.flip(), server.sender())).isTrue();
      }
      server.flush();
      for (int i = 0; i < 100; i++) {
        assertThat(peers.get(i / 5).receive(buffer.clear(), 128)).isEqualTo(1 + i / 5);
      }
    } finally {
      peers.forEach(UdpSocket::close);
    }
  }

  @Test
  void whatIsNeverRefusedAloneIsNotRefusedTogether() throws Exception {
    int longest = UdpConfig.LONGEST_DATAGRAM;
    try (Ends ends = Ends.overUdp(AddressFamily.INET, udp(longest))) {
      for (int length : new int[] {longest, longest, 40_000, 40_000, 30_000, 0, 0}) {
        ends.near().send(Ends.message(length));
        ByteBuffer received = ByteBuffer.allocate(longest);
        assertThat(ends.far().receive(received, longest)).isEqualTo(length);
        assertThat(ends.far().truncated()).isFalse();
      }
    }
  }

  @Test
  void aDatagramThatIsTooLongFailsAloneAndTheOthersArrive() throws Exception {
    try (Ends ends = Ends.overUdp(AddressFamily.INET, UDP)) {
      enqueue(ends.near(), Ends.message(10));
      enqueue(ends.near(), ByteBuffer.allocate(UdpConfig.LONGEST_DATAGRAM + 1));
      enqueue(ends.near(), Ends.message(20));
      assertThatThrownBy(() -> ends.near().flush())
          .isInstanceOfSatisfying(
              SocketFailure.class,
              e -> assertThat(e.error()).isEqualTo(SocketError.MESSAGE_TOO_LONG));
      ends.near().flush();
      assertThat(Ends.receiveAll(ends.far(), 10)).isEqualTo(Ends.message(10));
      assertThat(Ends.receiveAll(ends.far(), 20)).isEqualTo(Ends.message(20));
    }
  }

  @Test
  void aRefusalIsToldOnceAndCostsNoDatagramOfTheBatch() throws Exception {
    try (UdpSocket near = UdpSocket.open(AddressFamily.INET, UDP)) {
      UdpSocket gone = UdpSocket.open(AddressFamily.INET, UDP);
      gone.bind(Ends.anyPort(AddressFamily.INET));
      near.connect(gone.localAddress());
      gone.close();
      near.send(Ends.message(1)); // Loopback's answer is there when this returns.
      enqueue(near, Ends.message(2));
      enqueue(near, Ends.message(2));
      assertThatThrownBy(near::flush)
          .isInstanceOfSatisfying(
              SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.REFUSED));
      assertThat(near.enqueued()).isEqualTo(2);
      near.flush();
      assertThat(near.enqueued()).isZero();
    }
  }

  @Test
  void whatIsEnqueuedGoesOutBeforeWhatIsSentLater() throws Exception {
    try (Ends udp = Ends.overUdp(AddressFamily.INET, UDP);
        Ends tcp = Ends.overTcp(AddressFamily.INET, TcpConfig.DEFAULT.withIo(IoMode.BATCHED))) {
      for (Ends ends : List.of(udp, tcp)) {
        enqueue(ends.near(), Ends.message(5));
        enqueue(ends.near(), Ends.message(6));
        ends.near().send(Ends.message(7));
        for (int length = 5; length <= 7; length++) {
          assertThat(Ends.receiveAll(ends.far(), length)).isEqualTo(Ends.message(length));
        }
      }
    }
  }

  @Test
  void aStreamIsReceivedAheadAndHandedOutInPiecesOfTheLimit() throws Exception {
    TcpConfig config = TcpConfig.DEFAULT.withIo(IoMode.BATCHED);
    try (Ends ends = Ends.overTcp(AddressFamily.INET, config)) {
      ends.near().send(Ends.message(1_000));
      ByteBuffer received = ByteBuffer.allocate(1_000);
      assertThat(ends.far().receive(received, 128)).isEqualTo(128);
      while (received.hasRemaining()) {
        int length = ends.far().receive(received, Math.min(128, received.remaining()));
        assertThat(length).isBetween(1, 128);
      }
      assertThat(received.flip()).isEqualTo(Ends.message(1_000));
      assertThat(ends.far().hasReceived()).isFalse();
    }
  }

  @Test
  void aMessageLongerThanABatchGoesOutWhole() throws Exception {
    TcpConfig config = TcpConfig.DEFAULT.withIo(IoMode.BATCHED).withReceiveBufferBytes(1 << 20);
    try (Ends ends = Ends.overTcp(AddressFamily.INET, config)) {
      enqueue(ends.near(), Ends.message(3));
      assertThat(ends.near().enqueue(Ends.message(100_000))).isFalse();
      ends.near().flush();
      assertThat(ends.near().enqueue(Ends.message(100_000))).isTrue();
      assertThat(Ends.receiveAll(ends.far(), 3)).isEqualTo(Ends.message(3));
      assertThat(Ends.receiveAll(ends.far(), 100_000)).isEqualTo(Ends.message(100_000));
    }
  }

  private static void enqueue(BlockingSocket socket, ByteBuffer message) throws Exception {
    while (!socket.enqueue(message)) {
      socket.flush();
    }
  }
}
