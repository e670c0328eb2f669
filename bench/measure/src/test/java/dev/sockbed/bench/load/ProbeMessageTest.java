package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a message, and what is noticed when they are others. */
@Tag("unit")
class ProbeMessageTest {
  private static final long SEQUENCE = 0x0102030405060708L;
  private static final long TIME = 0x1112131415161718L;

  private final ProbeMessage codec = new ProbeMessage(300);
  private final ByteBuffer message = ByteBuffer.allocateDirect(300);

  @ParameterizedTest
  @CsvSource({
    "1, 08",
    "3, 060708",
    "7, 02030405060708",
    "8, 0102030405060708",
    "9, 010203040506070818",
    "12, 010203040506070815161718",
    "15, 010203040506070812131415161718",
    "16, 01020304050607081112131415161718",
    // Byte 16: (16 + 8 + 1) * 0x9E3779B97F4A7C15 mod 2^64 = 0x7361DF1D6E461E0D.
    "17, 0102030405060708111213141516171873"
  })
  void theLayoutIsAsTheDiagramSays(int size, String bytes) {
    encode(size, SEQUENCE, TIME);

    byte[] written = new byte[message.remaining()];
    message.get(written);
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 128, 300})
  void aMessageIsRecognisedAndSoIsEachOfItsBeginnings(int size) {
    encode(size, SEQUENCE, TIME);

    for (int length = 0; length <= size; length++) {
      message.limit(length);
      assertThat(whole(size, SEQUENCE, TIME)).as("%d of %d bytes", length, size).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 128, 300})
  void anyChangedByteIsNoticed(int size) {
    for (int at = 0; at < size; at++) {
      encode(size, SEQUENCE, TIME);
      message.put(at, (byte) (message.get(at) ^ 1));
      assertThat(whole(size, SEQUENCE, TIME)).as("byte %d of %d", at, size).isFalse();
    }
  }

  @Test
  void theFillOfTheNextMessageIsAnother() {
    encode(128, SEQUENCE, TIME);

    assertThat(codec.hasFill(message, 128, SEQUENCE)).isTrue();
    assertThat(codec.hasFill(message, 128, SEQUENCE + 1)).isFalse();
    assertThat(codec.hasFill(message, 128, SEQUENCE + 256)).as("they repeat").isTrue();
  }

  @Test
  void aMessageIsReadWhereTheBufferStands() {
    encode(128, SEQUENCE, TIME);
    ByteBuffer stream = ByteBuffer.allocateDirect(300).position(100).put(message);
    stream.limit(228).position(100);

    assertThat(ProbeMessage.sequence(stream)).isEqualTo(SEQUENCE);
    assertThat(codec.hasSequence(stream, 128, SEQUENCE)).isTrue();
    assertThat(codec.hasTime(stream, 128, TIME)).isTrue();
    assertThat(codec.hasFill(stream, 128, SEQUENCE)).isTrue();
    assertThat(stream.position()).isEqualTo(100);
    assertThat(stream.limit()).isEqualTo(228);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 25, 128, 300})
  void aMessageAmongOthersIsTheSameAsOneAlone(int size) {
    encode(size, SEQUENCE, TIME);
    ByteBuffer several = ByteBuffer.allocateDirect(700).position(3);
    codec.put(several, size, SEQUENCE - 1, TIME);
    codec.put(several, size, SEQUENCE, TIME);

    assertThat(several.position()).isEqualTo(3 + 2 * size);
    assertThat(several.slice(3 + size, size)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 23, 24, 25, 128, 300})
  void ofAWholeMessageEachBitIsLookedAt(int size) {
    ByteBuffer several = ByteBuffer.allocateDirect(700).position(size);
    codec.put(several, size, SEQUENCE, TIME);

    assertThat(codec.isWhole(several, size, size, SEQUENCE, TIME)).isTrue();
    for (int bit = 0; bit < size * Byte.SIZE; bit++) {
      int at = size + bit / Byte.SIZE;
      byte right = several.get(at);
      several.put(at, (byte) (right ^ (1 << (bit % Byte.SIZE))));
      assertThat(codec.isWhole(several, size, size, SEQUENCE, TIME)).as("bit %d", bit).isFalse();
      several.put(at, right);
    }
  }

  private void encode(int size, long sequence, long time) {
    codec.write(message, size, sequence);
    codec.stamp(message, time);
  }

  private boolean whole(int size, long sequence, long time) {
    return codec.hasSequence(message, size, sequence)
        && codec.hasTime(message, size, time)
        && codec.hasFill(message, size, sequence);
  }
}
