package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read as an address, and what is refused. */
@Tag("unit")
class AddressSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://127.0.0.1:10000",
        "udp://127.0.0.1:10000",
        "tcp://0.0.0.0:0",
        "tcp://255.255.255.255:65535",
        "tcp://[::1]:9",
        "udp://[::]:0",
        "tcp://[fe80::fc:ff:fe00:1%eth0]:9",
        "tcp://[fe80::1%2]:9",
        "tcp://[fe80::1%br+lan.7]:9",
        "tcp://[2001:db8::1:0:0:1]:9",
        "tcp://localhost:10000",
        "tcp://board.local:10000",
        "tcp://board.local.:10000",
        "tcp://a:1",
        "tcp://3com.example:80",
        "tcp://4f3a2b1c9d8e:80",
        "tcp://1e3:80",
        "tcp://127.0.0.1.example:80",
        "tcp://xn--fiqs8s.example:80",
      })
  void aGoodAddressIsWrittenAsItWasRead(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "TCP://Board.Local:10000, tcp://board.local:10000",
    "Udp://LOCALHOST:9, udp://localhost:9",
    "tcp://[0:0:0:0:0:0:0:1]:9, tcp://[::1]:9",
    "tcp://[2001:DB8:0:0:1:0:0:1]:9, tcp://[2001:db8::1:0:0:1]:9",
    "tcp://[2001:db8:0:1:1:1:1:1]:9, tcp://[2001:db8:0:1:1:1:1:1]:9",
    "tcp://[2001:0db8::0001]:9, tcp://[2001:db8::1]:9",
    "tcp://[1:0:0:2::]:9, tcp://[1:0:0:2::]:9",
    "tcp://[0:0:0:1:0:0:0:0]:9, tcp://[0:0:0:1::]:9",
    "tcp://[64:ff9b::192.0.2.1]:9, tcp://[64:ff9b::c000:201]:9",
    "tcp://[FE80::1%Eth0]:9, tcp://[fe80::1%Eth0]:9",
  })
  void twoSpellingsOfOneAddressAreEqual(String text, String canonical) {
    assertThat(Address.parse(text)).isEqualTo(Address.parse(canonical)).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "'', write tcp://HOST:PORT or udp://HOST:PORT",
    "127.0.0.1:10000, write tcp://HOST:PORT or udp://HOST:PORT",
    "tcp:127.0.0.1:10000, write tcp://HOST:PORT or udp://HOST:PORT",
    "tcp:/127.0.0.1:10000, write tcp://HOST:PORT or udp://HOST:PORT",
    "http://127.0.0.1:80, it must begin with tcp:// or udp://",
    "://127.0.0.1:80, it must begin with tcp:// or udp://",
    "' tcp://127.0.0.1:80', it must begin with tcp:// or udp://",
    "tcp6://[::1]:80, it must begin with tcp:// or udp://",
    "tcp://, the port is missing: write HOST:PORT",
    "tcp://localhost, the port is missing: write HOST:PORT",
    "tcp://localhost:, the port is missing after ':'",
    "tcp://:80, the host is missing",
    "tcp://:, the host is missing",
    "tcp://[]:80, brackets are for IPv6 addresses only",
    "tcp://[::1]:, the port is missing after ':'",
    "tcp://[::1], after ']' comes :PORT",
    "tcp://[::1]80, after ']' comes :PORT",
    "tcp://[::1]]:80, after ']' comes :PORT",
    "tcp://[::1:80, the bracket '[' is never closed",
    "tcp://[127.0.0.1]:80, brackets are for IPv6 addresses only",
    "tcp://[localhost]:80, brackets are for IPv6 addresses only",
    "tcp://::1:80, write an IPv6 address in brackets",
    "tcp://fe80::1%eth0:80, write an IPv6 address in brackets",
    "tcp://localhost:80:80, write an IPv6 address in brackets",
    "tcp://localhost::80, write an IPv6 address in brackets",
    "tcp://[fe80::1%]:80, the scope after '%' must name an interface",
    "tcp://[fe80::1%eth0%eth1]:80, the scope after '%' must name an interface",
    "tcp://[fe80::1%eth 0]:80, the scope after '%' must name an interface",
    "tcp://[fe80::1%eth0/64]:80, the scope after '%' must name an interface",
  })
  void theFirstFaultIsNamed(String text, String fault) {
    assertRefused(text, fault);
  }

  /** Each of these some resolver, browser or standard library takes for an address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0x",
        "0X7F.0.0.1",
        "0177.0.0.1",
        "010.0.0.1",
        "127.0.0.01",
        "127.0.0.1.",
        "127.0.0.256",
        "127.0.0.0x1",
        "127.0.0.1.1",
        "127..0.1",
        ".0.0.1",
        "1.2.3.4.5.6",
        "99999999999",
      })
  void aHostThatEndsInANumberIsPlainIpv4OrNothing(String host) {
    assertRefused("tcp://" + host + ":80", "'" + host + "' is not an IPv4 address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user@host",
        "user%3Apass@host",
        "host/path",
        "/host",
        "host?query",
        "ho st",
        " host",
        "host ",
        "host\n",
        "host\u0000",
        "-host",
        "host-",
        "ho..st",
        ".host",
        "host..",
        ".",
        "*",
        "bücher.example",
        "中国",
        "ｌｏｃａｌｈｏｓｔ",
        "127。0。0。1",
        "１２７.0.0.a",
      })
  void whatIsNoHostNameIsRefused(String host) {
    assertRefused("tcp://" + host + ":80", "is not a host name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"under_score", "_dmarc.example", "my_app_1", "web_", "A_B.c"})
  void aNameWithAnUnderscoreIsTakenAsResolversTakeIt(String host) {
    assertThat(Address.parse("tcp://" + host + ":80").host())
        .isEqualTo(host.toLowerCase(Locale.ROOT));
  }

  @Test
  void aLabelMayHave63LettersAndANameAll253() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertThat(Address.parse("tcp://" + longest + ":1").host()).hasSize(253);
    assertThat(Address.parse("tcp://" + longest + ".:1").host()).hasSize(254);
    assertRefused("tcp://" + longest + "a:1", "is not a host name");
    assertRefused("tcp://a" + label + ":1", "is not a host name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1::2::3",
        ":::",
        "12345::1",
        "::g",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "::127.1",
        "::1.2.3.256",
        "::１",
        "::١",
        " ::1",
        "::1 ",
        "[::1",
        "::1/128",
      })
  void whatIsNoIpv6AddressIsRefused(String literal) {
    assertRefused("tcp://[" + literal + "]:80", "'" + literal + "' is not an IPv6 address");
  }

  @Test
  void bracketsDoNotBelongToTheHost() {
    assertThatThrownBy(() -> new Address(Transport.TCP, "[::1]", 80))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessageContaining("'[::1]' is not an IPv6 address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::ffff:127.0.0.1", "::FFFF:7f00:1"})
  void anIpv4AddressInIpv6ClothingIsSentBack(String literal) {
    assertRefused("tcp://[" + literal + "]:80", "is an IPv4 address: write 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+80",
        "-1",
        " 80",
        "80 ",
        "1e3",
        "0x50",
        "8_0",
        "080",
        "00",
        "65536",
        "70000",
        "99999",
        "4294967376",
        "99999999999999999999",
        "80/",
        "80/path",
        "80#x",
        "http",
        "８０",
        "٨٠",
        "80\n",
        "3.0",
        "½",
      })
  void aPortIsAPlainNumberInRange(String port) {
    assertRefused("tcp://localhost:" + port, "a number from 0 to 65535, not '" + port + "'");
    assertRefused("udp://[::1]:" + port, "a number from 0 to 65535, not '" + port + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void thePortIsCheckedHoweverTheAddressIsMade(int port) {
    assertThatThrownBy(() -> new Address(Transport.TCP, "localhost", port))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessage("bad address 'localhost:" + port + "': the port must be 0 to 65535");
  }

  @Test
  void theHostIsCheckedHoweverTheAddressIsMade() {
    assertThatThrownBy(() -> new Address(Transport.TCP, "127.1", 80))
        .isInstanceOf(AddressSyntaxException.class);
    assertThatThrownBy(() -> new Address(Transport.TCP, "", 80))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessageContaining("the host is missing");
  }

  private static void assertRefused(String text, String fault) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(AddressSyntaxException.class)
        .hasMessageStartingWith("bad address '" + text + "': ")
        .hasMessageContaining(fault);
  }
}
