package dev.sockbed.bench.link.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which pieces are sent when, without a socket or a clock. */
@Tag("unit")
final class FlightTest {
  private static final long MILLI = 1_000_000;
  private static final long FIRST_WAIT = 200 * MILLI;

  @Test
  void tenPiecesAreSentBeforeAnythingIsAcknowledgedAndTwoForEachThatIs() {
    Flight flight = new Flight(100, true);
    assertThat(pieces(flight, 0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    flight.acknowledge(0, 0, MILLI);

    assertThat(pieces(flight, MILLI)).containsExactly(10, 11);
  }

  @Test
  void aPieceThatThreeLaterOnesOvertookIsSentAgainAndHalvesTheWindow() {
    Flight flight = new Flight(100, true);
    pieces(flight, 0);
    flight.acknowledge(1, 1, MILLI);
    flight.acknowledge(2, 2, MILLI);
    assertThat(pieces(flight, MILLI)).doesNotContain(0);

    flight.acknowledge(3, 3, MILLI);
    assertThat(pieces(flight, MILLI)).isEmpty(); // 10 of 11 in flight, and room for 5.5
    for (int number = 4; number < 10; number++) {
      flight.acknowledge(number, number, MILLI);
    }

    assertThat(pieces(flight, MILLI).getFirst()).isZero();
    assertThat(flight.resent()).isEqualTo(1);
  }

  @Test
  void afterATimeoutAllIsSentAgainBeginningWithOne() {
    Flight flight = new Flight(5, true);
    assertThat(pieces(flight, 0)).hasSize(5);
    assertThat(flight.lookAgainNanos(0)).isEqualTo(FIRST_WAIT);

    assertThat(pieces(flight, FIRST_WAIT)).containsExactly(0);
    flight.acknowledge(5, 0, FIRST_WAIT + MILLI);

    assertThat(pieces(flight, FIRST_WAIT + MILLI)).containsExactly(1, 2);
    assertThat(flight.isOver()).isFalse();
  }

  @Test
  void withoutSendingAgainWhatIsLostIsGivenUp() {
    Flight flight = new Flight(2, false);
    pieces(flight, 0);
    flight.acknowledge(0, 0, MILLI);

    assertThat(pieces(flight, 2 * FIRST_WAIT)).isEmpty();
    assertThat(flight.isOver()).isTrue();
    assertThat(flight.resent()).isZero();
  }

  @Test
  void allThatIsAcknowledgedIsOverAndNumbersThatWereNeverSentAreNone() {
    Flight flight = new Flight(2, true);
    pieces(flight, 0);
    flight.acknowledge(7, 0, MILLI);
    flight.acknowledge(0, 7, MILLI);
    assertThat(flight.isOver()).isFalse();

    flight.acknowledge(0, 0, MILLI);
    flight.acknowledge(1, 1, MILLI);

    assertThat(flight.isOver()).isTrue();
  }

  private static List<Integer> pieces(Flight flight, long nanos) {
    List<Integer> pieces = new ArrayList<>();
    for (Flight.Sending next = flight.next(nanos); next != null; next = flight.next(nanos)) {
      pieces.add(Objects.requireNonNull(next).piece());
    }
    return pieces;
  }
}
