package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

      assertThat(ByteDifference.between(expected, received))
          .isEqualTo("byte %,d of 4,096 came back changed".formatted(at));
    }
  }

  @Test
  void aChangedByteIsToldSoIfTheEndHasNotCome() {
    byte[] received = Arrays.copyOf(expected, 2_000);
    received[10] ^= 0x20;

    assertThat(ByteDifference.between(expected, received))
        .isEqualTo("byte 10 of 4,096 came back changed");
  }

  /** 244 bytes further the pattern is the same but for 7 bytes of 251. */
  @ParameterizedTest
  @CsvSource({"4096", "2000"})
  void severalChangedBytesAreNoDisplacement(int came) {
    for (int second = 101; second < 1_900; second += 7) {
      byte[] received = Arrays.copyOf(expected, came);
      received[100] ^= 0x20;
      received[second] ^= 0x20;

      assertThat(ByteDifference.between(expected, received))
          .isEqualTo("byte 100 of 4,096 came back changed");
    }
  }

  @Test
  void bytesWithoutTheirHighestBitAreChanged() {
    for (int length : new int[] {256, 1_000, LENGTH}) {
      byte[] sent = Payload.pattern(length).bytes();
      byte[] received = sent.clone();
      for (int i = 0; i < length; i++) {
        received[i] &= 0x7F;
      }

      assertThat(ByteDifference.between(sent, received))
          .isEqualTo("byte 128 of %,d came back changed".formatted(length));
    }
  }

  /** Bytes 100 to 250 are the same as 344 to 494, so that it can't be seen which of them went. */
  @Test
  void aDisplacementByThePatternsPeriodIsStillOne() {
    assertThat(ByteDifference.between(expected, joined(100, 344)))
        .isEqualTo("bytes 251 to 494 of 4,096 are missing, and the rest moved up");
    assertThat(ByteDifference.between(expected, joined(344, 100)))
        .endsWith(" of 4,096 came 244 bytes that nobody had sent");
  }

  @Test
  void theLastByteOfAPieceIsMissingAlsoIfOnlyOneFollows() {
    byte[] sent = Payload.pattern(129).bytes();
    byte[] received = Arrays.copyOf(sent, 128);
    received[127] = sent[128];

    assertThat(ByteDifference.between(sent, received))
        .isEqualTo("byte 127 of 129 is missing, and the rest moved up");
  }

  @Test
  void missingAndSurplusBytesAreToldFromChangedOnes() {
    assertThat(ByteDifference.between(expected, joined(100, 101)))
        .isEqualTo("byte 100 of 4,096 is missing, and the rest moved up");
    assertThat(ByteDifference.between(expected, joined(100, 97)))
        .isEqualTo("before byte 100 of 4,096 came 3 bytes that nobody had sent");
    assertThat(ByteDifference.between(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0}, new byte[8]))
        .isEqualTo("byte 0 of 9 is missing, and the rest moved up");
  }

  private byte[] joined(int end, int from) {
    byte[] all = Arrays.copyOf(expected, end + LENGTH - from);
    System.arraycopy(expected, from, all, end, LENGTH - from);
    return all;
  }
}
