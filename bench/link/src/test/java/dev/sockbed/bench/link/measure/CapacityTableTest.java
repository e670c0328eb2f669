package dev.sockbed.bench.link.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.model.PacketCounts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a link that carried a rate, or did not. */
@Tag("unit")
class CapacityTableTest {
  private static final double RATE = 5_000;

  @ParameterizedTest
  @CsvSource({
    "5000, 0, 0, true,  false",
    "4901, 0, 0, true,  false",
    "4899, 0, 0, false, true",
    "4899, 1, 0, false, false",
    "4899, 0, 1, false, false",
    "5000, 1, 0, false, false"
  })
  void aRateThatOnlyTheSenderMissedIsToldFromOneThatTheLinkDidNotCarry(
      double sentPerSecond, long missing, long unfetched, boolean carries, boolean missesOnly) {
    CapacityTable.Steady steady =
        new CapacityTable.Steady(
            sentPerSecond, missing, unfetched, new PacketCounts(), new PacketCounts());
    CapacityTable table = new CapacityTable();
    table.add("relay, perfect", RATE, steady);
    table.addMost("relay, perfect", 2 * RATE);

    assertThat(table.allCarried()).isEqualTo(carries);
    assertThat(table.text().contains("and nothing is missing")).isEqualTo(carries);
    assertThat(steady.missesOnly(RATE)).isEqualTo(missesOnly);
  }
}
