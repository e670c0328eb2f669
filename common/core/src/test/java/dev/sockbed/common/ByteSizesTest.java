package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ByteSizesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "128, 128",
    "128B, 128",
    "4KiB, 4096",
    "1MiB, 1048576",
    "1GiB, 1073741824",
    "2147483647, 2147483647",
    "2097151KiB, 2147482624",
  })
  void aSizeIsAWholeNumberOfBytes(String text, int bytes) {
    assertThat(ByteSizes.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KiB",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1 KiB",
        "1.5KiB",
        "1e3",
        "0x80",
        "4k",
        "4K",
        "4KB",
        "4kib",
        "4TiB",
        "1_024",
        "１２８",
        "12345678901",
      })
  void anythingElseIsNoSize(String text) {
    assertThatThrownBy(() -> ByteSizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a size: '" + text + "' (write for example 128, 4KiB or 1MiB)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "2GiB", "9999999999GiB"})
  void aSizeThatNoBufferHasIsRefused(String text) {
    assertThatThrownBy(() -> ByteSizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size too large: '" + text + "' (below 2GiB)");
  }
}
