package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class EscapedTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          48656c6c6f       | Hello
          e4bda0e5a5bd     | 你好
          f09f9982         | 🙂
          1b5b324a         | \\x1b[2J
          610d             | a\\r
          00               | \\x00
          7f               | \\x7f
          c285             | \\u{85}
          e280ae616263     | \\u{202e}abc
          f3a08081         | \\u{e0001}
          ff41             | \\xffA
          c328             | \\xc3(
          eda080           | \\xed\\xa0\\x80
          e4bd             | \\xe4\\xbd
          5c78             | \\x
          """)
  void whatATerminalWouldObeyIsSpelledOut(String hex, String shown) {
    assertThat(EscapedText.of(bytes(hex))).isEqualTo(shown);
  }

  @Test
  void lineFeedsAndTabsStay() {
    assertThat(EscapedText.of("a\tb\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("a\tb\n");
  }

  @Test
  void aCharacterThatComesInTwoPiecesIsShownWhole() {
    EscapedText text = new EscapedText();
    assertThat(text.next(ByteBuffer.wrap(bytes("41e4bd")))).isEqualTo("A");
    assertThat(text.next(ByteBuffer.wrap(bytes("a0")))).isEqualTo("你");
    assertThat(text.end()).isEmpty();
  }

  @Test
  void aCharacterThatIsNeverEndedIsShownAsItsBytes() {
    EscapedText text = new EscapedText();
    assertThat(text.next(ByteBuffer.wrap(bytes("f09f")))).isEmpty();
    assertThat(text.end()).isEqualTo("\\xf0\\x9f");
    assertThat(text.end()).isEmpty();
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }
}
