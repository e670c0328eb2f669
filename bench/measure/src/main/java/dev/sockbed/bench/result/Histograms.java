package dev.sockbed.bench.result;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.InflaterInputStream;
import org.HdrHistogram.Histogram;

/**
 * Histograms of nanoseconds, and their form in files: HdrHistogram's compressed encoding, in base64
 * without line breaks, as HdrHistogram's own logs hold it.
 *
 * @see <a href="https://github.com/HdrHistogram/HdrHistogram">HdrHistogram</a>
 */
public final class Histograms {
  /** Significant decimal digits that are kept of each time. */
  public static final int DIGITS = 3;

  /** An encoding larger than this is none of ours: a full one has below 50,000 counts. */
  private static final int LARGEST_PAYLOAD = 1 << 20;

  private static final int COMPRESSED_HEADER_BYTES = 8;

  /** How the second form's encodings begin, compressed and not; four bits tell a word's size. */
  private static final int COMPRESSED_COOKIE = 0x1c849304;

  private static final int COOKIE = 0x1c849303;
  private static final int WORD_SIZE_BITS = 0xf0;

  private Histograms() {}

  /** An empty histogram that grows as times come; three significant digits. */
  public static Histogram empty() {
    return new Histogram(DIGITS);
  }

  /** The form in files. */
  public static String encode(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /**
   * Reads the form in files, which may come from anywhere: what it asks for is bounded before it is
   * given memory.
   *
   * @throws IllegalArgumentException if {@code text} is not a whole histogram of HdrHistogram's
   *     second form, which is what its releases write since 2015; the others have another header
   */
  public static Histogram decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    try {
      checkHeader(bytes);
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
    } catch (IOException | DataFormatException e) {
      throw new IllegalArgumentException("not a whole histogram", e);
    } catch (RuntimeException e) {
      // The decoder trusts its input: what is broken shows as any kind of runtime exception.
      throw new IllegalArgumentException("not a histogram", e);
    }
  }

  /**
   * How much memory the counts would take, in bytes; tells it by the header, and decodes nothing.
   *
   * @throws IllegalArgumentException as {@link #decode}, if the header is broken
   */
  public static long decodedBytes(String text) {
    try {
      return checkHeader(Base64.getDecoder().decode(text)).bytes();
    } catch (IOException e) {
      throw new IllegalArgumentException("not a whole histogram", e);
    }
  }

  /** From which to which value it counts, and to how many digits. */
  private record Range(long lowest, long highest, int digits) {
    /** As HdrHistogram lays its counts out: in buckets of doubling width. */
    long bytes() {
      int halfBucketBits =
          Long.SIZE - Long.numberOfLeadingZeros(2 * Math.round(Math.pow(10, digits)) - 1) - 1;
      int unitBits = Long.SIZE - 1 - Long.numberOfLeadingZeros(lowest);
      int highestBits = Long.SIZE - Long.numberOfLeadingZeros(highest);
      int buckets = Math.max(1, highestBits - unitBits - halfBucketBits);
      return ((buckets + 1L) * Long.BYTES) << halfBucketBits;
    }
  }

  /** The decoder allocates what the header inside the compressed part asks for. */
  private static Range checkHeader(byte[] bytes) throws IOException {
    if (bytes.length <= COMPRESSED_HEADER_BYTES) {
      throw new IOException("too short");
    }
    checkCookie(ByteBuffer.wrap(bytes).getInt(), COMPRESSED_COOKIE);
    ByteArrayInputStream compressed = new ByteArrayInputStream(bytes);
    compressed.skipNBytes(COMPRESSED_HEADER_BYTES);
    try (DataInputStream header = new DataInputStream(new InflaterInputStream(compressed))) {
      checkCookie(header.readInt(), COOKIE);
      int payloadBytes = header.readInt();
      header.readInt(); // the normalizing index, which is always 0
      int digits = header.readInt();
      if (payloadBytes < 0 || payloadBytes > LARGEST_PAYLOAD || digits < 0 || digits > DIGITS) {
        throw new IOException("larger than a histogram of times");
      }
      Range range = new Range(header.readLong(), header.readLong(), digits);
      if (range.lowest() < 1 || range.highest() / 2 < range.lowest()) {
        throw new IOException("counts no range of values");
      }
      return range;
    }
  }

  private static void checkCookie(int found, int expected) throws IOException {
    if ((found & ~WORD_SIZE_BITS) != expected) {
      throw new IOException("not of HdrHistogram's second form");
    }
  }
}
