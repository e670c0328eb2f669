package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LocalEndTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.2,            127.0.0.2, 0,     INET",
    "127.0.0.2:5000,       127.0.0.2, 5000,  INET",
    "0.0.0.0:5000,         0.0.0.0,   5000,  INET",
    "::1,                  ::1,       0,     INET6",
    "[::1],                ::1,       0,     INET6",
    "[0:0:0:0:0:0:0:1]:65535, ::1,    65535, INET6",
  })
  void anAddressWithAPortOrWithout(String text, String host, int port, AddressFamily family) {
    LocalEnd end = new LocalEnd(null, LocalEnd.parse(text));

    assertThat(end.port()).isEqualTo(port);
    assertThat(end.family()).isEqualTo(family);
    assertThat(end.withoutPort()).hasToString(host);
    assertThat(new LocalEnd(null, LocalEnd.parse(end.toString()))).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "5000",
        ":5000",
        "127.0.0.2:",
        "127.0.0.2:65536",
        "127.1",
        "[127.0.0.2]",
        "[::1",
        "[::1]5",
        "::1:x",
        "tcp://127.0.0.2:1"
      })
  void whatIsNoAddressIsRefusedWithTheRightForm(String text) {
    assertThatThrownBy(() -> LocalEnd.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a local address: '" + text + "'")
        .hasMessageContaining("[::1]:5000");
  }

  @Test
  void anAddressOfAnotherFamilyThanTheOnlyOneIsRefused() {
    assertThatThrownBy(() -> new LocalEnd(AddressFamily.INET6, LocalEnd.parse("127.0.0.2")))
        .hasMessage("the local address 127.0.0.2 is not of IPv6");
  }

  @ParameterizedTest
  @CsvSource({"INET, tcp://[::1]:9, ::1 to IPv4", "INET6, udp://127.0.0.1:9, 127.0.0.1 to IPv6"})
  void aPeerOfTheOtherFamilyIsToldByName(AddressFamily family, String target, String what) {
    assertThatThrownBy(() -> new LocalEnd(family, null).remotes(Address.parse(target)))
        .isInstanceOfSatisfying(
            SocketFailure.class,
            failure -> assertThat(failure.error()).isEqualTo(SocketError.NO_ADDRESS_OF_FAMILY))
        .hasMessage("resolve " + what + ": it has no address of that family (EAI_ADDRFAMILY)");
  }

  @Test
  void withoutAWishEveryAddressIsGood() throws SocketFailure {
    Address target = Address.parse("tcp://localhost:9");

    assertThat(LocalEnd.ANY.remotes(target)).isEqualTo(target.resolve());
    assertThat(LocalEnd.ANY).hasToString("any");
    assertThat(new LocalEnd(AddressFamily.INET6, null)).hasToString("IPv6");
  }
}
