package dev.sockbed.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short one of what {@code mvn -Pfuzz} does for as long as one likes. */
@Tag("unit")
@Timeout(60)
class ParserTest {
  private static final long SEED = 20;
  private static final int CHANGED_TEXTS = 500;

  @ParameterizedTest
  @EnumSource
  void whatIsReadIsTakenOrRefusedAsPromised(Parser parser) {
    List<byte[]> right =
        parser.right().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    Random random = new Random(SEED);
    read(parser, new byte[0]);
    right.forEach(octets -> read(parser, octets));
    for (int i = 0; i < CHANGED_TEXTS; i++) {
      read(parser, changed(right.get(random.nextInt(right.size())), random));
    }
  }

  private static void read(Parser parser, byte[] octets) {
    try {
      parser.read(octets);
    } catch (Exception | StackOverflowError e) {
      String text = new String(octets, StandardCharsets.UTF_8);
      throw new AssertionError("seed %d, text '%s'".formatted(SEED, text), e);
    }
  }

  /** Without its end, followed by a part of itself, or neither; and with some octets changed. */
  private static byte[] changed(byte[] right, Random random) {
    int from = random.nextInt(right.length);
    byte[] changed = Arrays.copyOf(right, right.length + random.nextInt(2) * (right.length - from));
    System.arraycopy(
        right, from, changed, changed.length - right.length + from, right.length - from);
    if (random.nextInt(3) == 0) {
      changed = Arrays.copyOf(changed, from + 1);
    }
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }
}
