package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a payload that came back wrong is told. */
@Tag("unit")
class PayloadDifferenceTest {
  private static final int LENGTH = 4_096;

  private final byte[] expected = Payload.pattern(LENGTH).bytes();

  @Test
  void oneByteThatCameBackAsAnotherIsChangedWhereverItIs() {
    for (int at = 0; at < LENGTH; at++) {
      byte[] received = expected.clone();
      received[at] ^= 0x20;

      assertThat(Difference.between(expected, received))
          .isEqualTo("byte %,d of 4,096 came back changed".formatted(at));
    }
  }

  @Test
  void aChangedByteIsToldSoIfTheEndHasNotCome() {
    byte[] received = Arrays.copyOf(expected, 2_000);
    received[10] ^= 0x20;

    assertThat(Difference.between(expected, received))
        .isEqualTo("byte 10 of 4,096 came back changed");
  }

  @Test
  void missingAndSurplusBytesAreToldFromChangedOnes() {
    assertThat(Difference.between(expected, joined(100, 101)))
        .isEqualTo("byte 100 of 4,096 is missing, and the rest moved up");
    assertThat(Difference.between(expected, joined(100, 97)))
        .isEqualTo("before byte 100 of 4,096 came 3 bytes that nobody had sent");
    assertThat(Difference.between(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0}, new byte[8]))
        .isEqualTo("byte 0 of 9 is missing, and the rest moved up");
  }

  private byte[] joined(int end, int from) {
    byte[] all = Arrays.copyOf(expected, end + LENGTH - from);
    System.arraycopy(expected, from, all, end, LENGTH - from);
    return all;
  }
}
