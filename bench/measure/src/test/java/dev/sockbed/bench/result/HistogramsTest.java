package dev.sockbed.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HistogramsTest {
  /** What HdrHistogram adds to its counts in its own estimate. */
  private static final int HISTOGRAM_OBJECT_BYTES = 512;

  @Test
  void aHistogramComesBackAsItWas() {
    Histogram histogram = Histograms.empty();
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      histogram.recordValue(Math.round(20_000 * Math.exp(random.nextGaussian())));
    }

    assertThat(Histograms.decode(Histograms.encode(histogram))).isEqualTo(histogram);
    assertThat(Histograms.decode(Histograms.encode(Histograms.empty())).getTotalCount()).isZero();
  }

  @Test
  void theMemoryThatItTakesIsToldByItsHeader() {
    for (int digits = 0; digits <= 3; digits++) {
      for (long lowest : new long[] {1, 2, 1000, 1 << 20}) {
        for (long highest : new long[] {2 * lowest, 9 * lowest, 1L << 33, Long.MAX_VALUE}) {
          Histogram histogram = new Histogram(lowest, highest, digits);
          assertThat(Histograms.decodedBytes(Histograms.encode(histogram)))
              .as("%d to %d, %d digits", lowest, highest, digits)
              .isEqualTo(histogram.getEstimatedFootprintInBytes() - HISTOGRAM_OBJECT_BYTES);
        }
      }
    }
  }

  @Test
  void aBrokenHistogramIsRefusedWhateverIsWrongWithIt() {
    Histogram histogram = Histograms.empty();
    histogram.recordValue(19_000);
    byte[] whole = Base64.getDecoder().decode(Histograms.encode(histogram));
    long seed = 20_260_102;
    Random random = new Random(seed);

    for (int i = 0; i < 5_000; i++) {
      byte[] broken = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int change = random.nextInt(4); change > 0; change--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      String text = Base64.getEncoder().encodeToString(broken);
      try {
        Histograms.decode(text); // A change may happen to leave a histogram.
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).as("seed %d, input %s", seed, text).isNotBlank();
      }
    }
  }

  @Test
  void aHistogramCutShortIsRefused() {
    Histogram histogram = Histograms.empty();
    histogram.recordValue(19_000);
    String whole = Histograms.encode(histogram);

    for (int length = 0; length < whole.length(); length += 4) {
      String cut = whole.substring(0, length);
      assertThatIllegalArgumentException().as(cut).isThrownBy(() -> Histograms.decode(cut));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Histograms.decode("not base64!"));
  }

  /** Their headers have other fields in the places that ours is bounded by. */
  @ParameterizedTest
  @ValueSource(ints = {0x1c849308, 0x1c849301, 0x1c849318, 0x1c849311})
  void aHistogramOfAnOlderFormIsRefusedThoughItsHeaderLooksSmall(int cookie) {
    ByteBuffer header = ByteBuffer.allocate(40);
    header.putInt(cookie).putInt(3).putInt(0).putInt(1).putLong(Long.MAX_VALUE / 2).putLong(0);

    for (int outer : new int[] {0x1c849304, 0x1c849309, 0x1c849302}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Histograms.decode(compressed(outer, header.array())))
          .withMessage("not a whole histogram")
          .havingCause()
          .withMessage("not of HdrHistogram's second form");
    }
  }

  @Test
  void aHistogramThatAsksForGigabytesIsRefusedBeforeItGetsThem() {
    ByteBuffer header = ByteBuffer.allocate(40);
    header.putInt(0x1c849303).putInt(Integer.MAX_VALUE).putInt(0).putInt(5);
    header.putLong(1).putLong(Long.MAX_VALUE / 2).putDouble(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Histograms.decode(compressed(0x1c849304, header.array())))
        .withMessage("not a whole histogram");
  }

  private static String compressed(int cookie, byte[] header) {
    byte[] compressed = new byte[100];
    Deflater deflater = new Deflater();
    deflater.setInput(header);
    deflater.finish();
    int length = deflater.deflate(compressed);
    deflater.end();
    ByteBuffer whole = ByteBuffer.allocate(8 + length);
    whole.putInt(cookie).putInt(length).put(compressed, 0, length);
    return Base64.getEncoder().encodeToString(whole.array());
  }
}
