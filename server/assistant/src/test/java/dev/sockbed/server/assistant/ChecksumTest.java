package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
final class ChecksumTest {
  /**
   * The CRCs of "123456789" are the check values that catalogues of CRCs give: 0x4b37 and
   * 0xcbf43926. The frame asks a Modbus device for ten holding registers.
   */
  @ParameterizedTest
  @CsvSource({
    "sum, 313233343536373839, dd",
    "xor, 313233343536373839, 31",
    "crc16-modbus, 313233343536373839, 374b",
    "crc32, 313233343536373839, cbf43926",
    "crc16-modbus, 01030000000a, c5cd",
    "sum, ffff80, 7e",
    "xor, ff0f80, 70",
    "crc32, ffffffff, ffffffff"
  })
  void theCheckValueFollowsTheMessageInTheOrderOfTheWire(String label, String message, String value)
      throws AssistantException {
    assertThat(Checksum.parse(label).appendedTo(HexText.parse(message)).hex())
        .isEqualTo(message + value);
  }

  @ParameterizedTest
  @CsvSource({"sum, 00", "xor, 00", "crc16-modbus, ffff", "crc32, 00000000"})
  void ofNothingItIsWhereTheComputationBegins(String label, String value) {
    assertThat(Checksum.parse(label).appendedTo(Bytes.NONE).hex()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CRC32", "crc16", "crc32 "})
  void anUnknownNameIsToldWithTheKnownOnes(String label) {
    assertThatThrownBy(() -> Checksum.parse(label))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a checksum: '" + label + "' (sum, xor, crc16-modbus or crc32)");
  }
}
