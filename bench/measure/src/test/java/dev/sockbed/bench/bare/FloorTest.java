package dev.sockbed.bench.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("socket")
class FloorTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void everyRoundTripIsCountedAndNothingIsLeftBehind(Transport transport) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    Cell cell;
    try (BareServer server = BareServing.open(transport)) {
      Floor floor = new Floor(transport, 128, List.of(), server.address());
      cell = floor.measure(SHORT, "one-core", 3, () -> false);
    }

    assertThat(cell.scenario()).isEqualTo("floor");
    assertThat(cell.transport()).isEqualTo(transport.scheme());
    assertThat(cell.placement()).isEqualTo("one-core");
    assertThat(cell.trial()).isEqualTo(3);
    assertThat(cell.sent()).isPositive().isEqualTo(cell.outcomes().ok());
    assertThat(cell.serviceNs().count()).isEqualTo(cell.sent());
    assertThat(Objects.requireNonNull(cell.serviceNs().max()))
        .isGreaterThanOrEqualTo(cell.serviceNs().min());
    assertThat(cell.messagesPerSecond()).isPositive();
    leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void itEndsWhenItIsCancelled(Transport transport) throws Exception {
    try (BareServer server = BareServing.open(transport)) {
      Floor floor = new Floor(transport, 16, List.of(), server.address());

      assertThat(floor.measure(Duration.ofHours(1), null, 1, () -> true).sent()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aServerThatIsGoneIsToldByItsAddress(Transport transport) throws Exception {
    Floor floor;
    try (BareServer server = BareServing.open(transport)) {
      floor = new Floor(transport, 16, List.of(), server.address());
    }

    assertThatExceptionOfType(SocketFailure.class)
        .isThrownBy(() -> floor.measure(SHORT, null, 1, () -> false))
        .withMessageStartingWith(
            "measure the floor at %s: refused".formatted(Address.of(transport, floor.server())));
  }
}
