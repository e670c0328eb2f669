package dev.sockbed.bench.conformance.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TcpArrivalsTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  @Test
  void whatIsTakenMakesRoomForWhatArrivesNextOnAnyConnection() throws Exception {
    ArrivalsRoom room = new ArrivalsRoom(1_000);
    TcpArrivals one = new TcpArrivals(room);
    TcpArrivals other = new TcpArrivals(room);

    assertThat(one.add(new byte[600])).isTrue();
    assertThat(other.add(new byte[600])).isFalse();
    assertThat(one.takeSome(Integer.MAX_VALUE, AT_ONCE)).hasSize(600);
    assertThat(other.add(new byte[1_000])).isTrue();
    assertThat(one.add(new byte[1])).isFalse();
  }

  @Test
  void oneConnectionHasABoundOfItsOwn() throws Exception {
    TcpArrivals arrivals = new TcpArrivals(new ArrivalsRoom(10L * TcpArrivals.MOST_BYTES));

    assertThat(arrivals.add(new byte[TcpArrivals.MOST_BYTES])).isTrue();
    assertThat(arrivals.add(new byte[1])).isFalse();
    assertThat(arrivals.takeSome(Integer.MAX_VALUE, AT_ONCE)).hasSize(TcpArrivals.MOST_BYTES);
    assertThat(arrivals.add(new byte[1])).isTrue();
  }

  @Test
  void aStreamThatIsTakenInPartsMayBeLongerThanWhatIsHeldAtOnce() throws Exception {
    TcpArrivals arrivals = new TcpArrivals(new ArrivalsRoom(TcpArrivals.MOST_BYTES));
    byte[] piece = new byte[64 << 10];
    arrivals.add(piece); // So that there is always something left.
    for (int total = 0; total <= 2 * TcpArrivals.MOST_BYTES; total += piece.length) {
      Arrays.fill(piece, (byte) (total / piece.length));

      assertThat(arrivals.add(piece.clone())).isTrue();

      assertThat(arrivals.take(piece.length / 2, AT_ONCE)).hasSize(piece.length / 2);
      assertThat(arrivals.takeSome(piece.length / 2, AT_ONCE))
          .hasSize(piece.length / 2)
          .containsOnly(Math.max(0, total / piece.length - 1));
    }
  }
}
