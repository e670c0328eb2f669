package dev.sockbed.bench.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Jazzer, which looks for texts that reach new code, finds of one parser in five minutes: that
 * of {@code -Dparser}.
 *
 * @see <a href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer</a>
 */
@Tag("soak")
class ParserFuzzTest {
  private static final Parser PARSER = Parser.valueOf(System.getProperty("parser", "RESULTS"));

  static Stream<Arguments> right() {
    return PARSER.right().stream().map(text -> Arguments.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  @MethodSource("right")
  @FuzzTest
  void whatIsReadIsTakenOrRefusedAsPromised(byte[] octets) throws Exception {
    PARSER.read(octets);
  }
}
