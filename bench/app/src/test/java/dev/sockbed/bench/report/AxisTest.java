package dev.sockbed.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AxisTest {
  @Test
  void sizesThatTakeTurnsAreListed() {
    assertThat(Axis.bytesInTurn(List.of(16, 64, 1_024))).isEqualTo("16, 64, 1,024 bytes in turn");
  }

  @Test
  void manySizesAreCounted() {
    List<Integer> sizes = IntStream.rangeClosed(1, 1_000).boxed().toList();

    assertThat(Axis.bytesInTurn(sizes)).isEqualTo("1,000 sizes in turn, 1 to 1,000 bytes");
  }
}
