package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
final class TypedBytesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "48656c6c6f",
        "48 65 6c 6c 6f",
        "0x48 0x65 0x6C 0x6C 0x6F",
        "48:65:6C:6C:6F",
        " 0X48,65-6c_6c;6f\n",
        "0x480x650x6c0x6c0x6f"
      })
  void hexIsReadTolerantly(String typed) throws AssistantException {
    assertThat(HexText.parse(typed)).isEqualTo(Bytes.utf8("Hello"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "486|'6' at position 3",
        "48 6 56|'6' at position 4",
        "48 6g|'g' at position 5",
        "hello|'h' at position 1",
        "0x4|'4' at position 3",
        "48 0x|nothing at position 6"
      })
  void aFaultInHexIsToldByItsPosition(String typed, String told) {
    assertThatThrownBy(() -> HexText.parse(typed))
        .isInstanceOf(AssistantException.class)
        .hasMessageContaining(told);
  }

  @Test
  void escapesStandForBytes() throws AssistantException {
    assertThat(TypedText.parse("a\\r\\n\\t\\0\\x7f\\u{4e2d}\\\\\\\"é").toArray())
        .isEqualTo("a\r\n\t\0\u007f\u4e2d\\\"é".getBytes(StandardCharsets.UTF_8));
    assertThat(TypedText.parse("\\xff\\xFE").hex()).isEqualTo("fffe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\", "ab\\q", "\\x4", "\\xzz", "\\u4e2d", "\\u{}", "\\u{110000}", "\\u{d800}"})
  void aFaultInAnEscapeIsToldByItsPosition(String typed) {
    assertThatThrownBy(() -> TypedText.parse(typed))
        .hasMessageContaining("at position " + (typed.indexOf('\\') + 1));
  }

  @Test
  void nothingThatIsShownActsOnATerminal() {
    String shown = Bytes.utf8("\u001b[2J\u0007\u202egnp.exe\u0085\u200b\ue000ok 中文 é").toString();
    assertThat(shown).isEqualTo("\\e[2J\\x07\\u{202e}gnp.exe\\u{85}\\u{200b}\\u{e000}ok 中文 é");
  }

  @RepeatedTest(20)
  void whatIsShownReadsBackAsTheSameBytes() throws AssistantException {
    long seed = System.nanoTime();
    byte[] random = new byte[300];
    new Random(seed).nextBytes(random);
    Bytes bytes = Bytes.of(random).then(Bytes.utf8("𝄞 中 é \\ \" \n"));
    assertThat(TypedText.parse(bytes.toString())).as("seed %d", seed).isEqualTo(bytes);
    assertThat(HexText.parse(HexText.show(bytes))).isEqualTo(bytes);
  }
}
