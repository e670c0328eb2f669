package dev.sockbed.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.command.UsageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HexLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "48 65 6c 6C 6f",
        "48656c6c6f",
        "0x48 0x65 0X6C 0x6c 0x6F",
        "0x48656c6c6f",
        "4865 6c6c6f",
        "  48\t65 6c  6c 6f \r"
      })
  void bytesAreReadHoweverTheyAreWritten(String line) {
    assertThat(parse(line)).asString(StandardCharsets.US_ASCII).isEqualTo("Hello");
  }

  @Test
  void aByteOrderMarkAtTheBeginningOfTheInputIsNoDigit() {
    byte[] line = "\ufeff48 65\r".getBytes(StandardCharsets.UTF_8);

    assertThat(HexLine.parse(line, 1)).asString(StandardCharsets.US_ASCII).isEqualTo("He");
    assertThatThrownBy(() -> HexLine.parse(line, 2)).isInstanceOf(UsageException.class);
  }

  @Test
  void anEmptyLineIsNoBytes() {
    assertThat(parse("")).isEmpty();
    assertThat(parse(" \t")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          4g     | 2 | 'g' is not a hexadecimal digit
          48 zz  | 4 | 'z' is not a hexadecimal digit
          48,65  | 3 | ',' is not a hexadecimal digit
          4      | 1 | a byte has two digits, and '4' stands alone
          48 656 | 6 | a byte has two digits, and '6' stands alone
          48 0x  | 4 | no digits after '0x'
          0x 48  | 1 | no digits after '0x'
          480x48 | 4 | 'x' is not a hexadecimal digit
          ä      | 1 | the byte 0xc3 is not a hexadecimal digit
          """)
  void aFaultNamesLineColumnAndWhatIsWrong(String line, int column, String fault) {
    String where = "standard input, line 7, column " + column + ": ";
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(UsageException.class)
        .hasMessage(where + fault);
  }

  @Test
  void everyByteIsWrittenAsTwoDigitsAndReadBack() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    String line = HexLine.format(ByteBuffer.wrap(all));
    assertThat(line).startsWith("00 01 02").endsWith("fe ff");
    assertThat(parse(line)).isEqualTo(all);
    assertThat(line.replace(" ", "")).isEqualTo(HexFormat.of().formatHex(all));
  }

  private static byte[] parse(String line) {
    return HexLine.parse(line.getBytes(StandardCharsets.UTF_8), 7);
  }
}
