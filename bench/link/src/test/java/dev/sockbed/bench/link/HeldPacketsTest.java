package dev.sockbed.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.HeldPackets.Held;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HeldPacketsTest {
  private final HeldPackets<String> held = new HeldPackets<>();

  @Test
  void packetsComeOutInTheOrderOfTheirTimesAndEqualOnesAsTheyWerePutIn() {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      held.add(random.nextInt(50), "to", numbered(i));
    }

    List<Held<String>> out = new ArrayList<>();
    while (!held.isEmpty()) {
      out.add(Objects.requireNonNull(held.takeDue(50)));
    }

    assertThat(out).hasSize(1_000);
    for (int i = 1; i < out.size(); i++) {
      Held<String> before = out.get(i - 1);
      Held<String> after = out.get(i);
      assertThat(after.dueNanos()).isGreaterThanOrEqualTo(before.dueNanos());
      if (after.dueNanos() == before.dueNanos()) {
        assertThat(after.packet().getInt(0)).isGreaterThan(before.packet().getInt(0));
      }
    }
  }

  @Test
  void nothingComesOutBeforeItIsDue() {
    held.add(10, "to", numbered(1));

    assertThat(held.takeDue(9)).isNull();
    assertThat(held.firstDueNanos(-1)).isEqualTo(10);
    assertThat(held.takeDue(10)).isNotNull();
    assertThat(held.takeDue(10)).isNull();
    assertThat(held.firstDueNanos(-1)).isEqualTo(-1);
  }

  @Test
  void memoryIsUsedAgainAndThePacketBeforeIsNotSeenInIt() {
    for (int length : List.of(0, 1, 256, 257, 2_048, 2_049, 65_507, 3)) {
      byte[] packet = new byte[length];
      new Random(length).nextBytes(packet);
      held.add(1, "to " + length, ByteBuffer.wrap(packet));

      Held<String> out = Objects.requireNonNull(held.takeDue(1));
      byte[] copy = new byte[out.packet().remaining()];
      out.packet().get(copy);
      assertThat(copy).isEqualTo(packet);
      assertThat(out.destination()).isEqualTo("to " + length);
      held.giveBack(out);
    }
    held.add(1, "to", numbered(1));
    Held<String> first = Objects.requireNonNull(held.takeDue(1));
    held.giveBack(first);
    held.add(2, "to", numbered(2));
    assertThat(held.takeDue(2)).isSameAs(first);
  }

  @Test
  void thereIsRoomForSoManyPacketsAndSoManyBytes() {
    ByteBuffer large = ByteBuffer.allocate(65_536);
    int most = HeldPackets.ROOM_BYTES / large.capacity();
    for (int i = 0; i < most; i++) {
      assertThat(held.add(1, "to", large)).isTrue();
    }
    assertThat(held.add(1, "to", numbered(1))).isFalse();

    held.takeDue(1);
    assertThat(held.add(1, "to", numbered(1))).isTrue();

    held.clear();
    for (int i = 0; i < HeldPackets.ROOM; i++) {
      assertThat(held.add(1, "to", ByteBuffer.allocate(0))).isTrue();
    }
    assertThat(held.add(1, "to", ByteBuffer.allocate(0))).isFalse();
  }

  private static ByteBuffer numbered(int number) {
    return ByteBuffer.allocate(4).putInt(0, number);
  }
}
