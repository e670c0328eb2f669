package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ServerCountersTest {
  @Test
  void twoServersAddUp() {
    ServerCounters one = new ServerCounters(1, 2, 3, 4, 5, 6, Map.of(DropReason.IDLE, 7L));
    ServerCounters other =
        new ServerCounters(
            10, 20, 30, 40, 50, 60, Map.of(DropReason.IDLE, 70L, DropReason.RESET, 1L));

    assertThat(one.plus(other))
        .isEqualTo(
            new ServerCounters(
                11, 22, 33, 44, 55, 66, Map.of(DropReason.IDLE, 77L, DropReason.RESET, 1L)));
    assertThat(one.plus(ServerCounters.NONE)).isEqualTo(one);
  }

  @Test
  void dropsAreToldByReasonAndInAll() {
    ServerCounters counters =
        new ServerCounters(
            0, 0, 0, 0, 0, 0, Map.of(DropReason.PORT_ZERO, 2L, DropReason.RATE_LIMIT, 3L));

    assertThat(counters.dropped(DropReason.PORT_ZERO)).isEqualTo(2);
    assertThat(counters.dropped(DropReason.SEND_FAILED)).isZero();
    assertThat(counters.droppedInAll()).isEqualTo(5);
  }

  @Test
  void aSnapshotDoesNotChange() {
    Map<DropReason, Long> live = new EnumMap<>(DropReason.class);
    live.put(DropReason.IDLE, 1L);
    ServerCounters counters = new ServerCounters(0, 0, 0, 0, 0, 0, live);
    live.put(DropReason.IDLE, 2L);

    assertThat(counters.dropped(DropReason.IDLE)).isEqualTo(1);
    assertThatThrownBy(() -> counters.dropped().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
