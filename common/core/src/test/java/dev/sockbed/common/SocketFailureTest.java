package dev.sockbed.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class SocketFailureTest {

  static Stream<Arguments> typesThatTellTheError() {
    return Stream.of(
        Arguments.of(new ClosedChannelException(), SocketError.CLOSED),
        Arguments.of(new AsynchronousCloseException(), SocketError.CLOSED),
        Arguments.of(new ClosedByInterruptException(), SocketError.CLOSED),
        Arguments.of(new ClosedSelectorException(), SocketError.CLOSED),
        Arguments.of(new PortUnreachableException(), SocketError.REFUSED),
        Arguments.of(new SocketTimeoutException("Read timed out"), SocketError.TIMED_OUT),
        Arguments.of(new NoRouteToHostException("anything"), SocketError.UNREACHABLE),
        Arguments.of(new UnknownHostException("board.local"), SocketError.UNKNOWN_HOST),
        Arguments.of(new UnsupportedAddressTypeException(), SocketError.WRONG_FAMILY));
  }

  @ParameterizedTest
  @MethodSource("typesThatTellTheError")
  void theTypeTellsTheError(Exception cause, SocketError error) {
    SocketFailure failure = SocketFailure.of("call", cause);
    assertThat(failure.error()).isEqualTo(error);
    assertThat(failure).hasCause(cause);
  }

  @Test
  void theTextTellsAConnectFromABindError() {
    assertThat(SocketFailure.of("connect", new ConnectException("Connection refused")).error())
        .isEqualTo(SocketError.REFUSED);
    assertThat(SocketFailure.of("connect", new ConnectException("Connection timed out")).error())
        .isEqualTo(SocketError.TIMED_OUT);
    assertThat(SocketFailure.of("bind", new BindException("Permission denied")).error())
        .isEqualTo(SocketError.PERMISSION_DENIED);
    assertThat(SocketFailure.of("socket", new SocketException("Too many open files")).error())
        .isEqualTo(SocketError.OUT_OF_RESOURCES);
  }

  /** As glibc, musl, macOS and Windows word them. */
  @ParameterizedTest
  @CsvSource({
    "Connection refused, REFUSED",
    "Connection timed out, TIMED_OUT",
    "Operation timed out, TIMED_OUT",
    "Network is unreachable, UNREACHABLE",
    "Network unreachable, UNREACHABLE",
    "Host is unreachable, UNREACHABLE",
    "No route to host, UNREACHABLE",
    "Network is down, UNREACHABLE",
    "Connection reset, RESET",
    "Connection reset by peer, RESET",
    "Broken pipe, RESET",
    "Software caused connection abort: aborted, RESET",
    "An existing connection was forcibly closed by the remote host, RESET",
    "Address already in use, ADDRESS_IN_USE",
    "Address in use, ADDRESS_IN_USE",
    "Cannot assign requested address, ADDRESS_NOT_AVAILABLE",
    "Can't assign requested address, ADDRESS_NOT_AVAILABLE",
    "Address not available, ADDRESS_NOT_AVAILABLE",
    "Permission denied, PERMISSION_DENIED",
    "Operation not permitted, PERMISSION_DENIED",
    "Message too long, MESSAGE_TOO_LONG",
    "Message too large, MESSAGE_TOO_LONG",
    "Too many open files, OUT_OF_RESOURCES",
    "Too many open files in system, OUT_OF_RESOURCES",
    "No file descriptors available, OUT_OF_RESOURCES",
    "No buffer space available, OUT_OF_RESOURCES",
    "Cannot allocate memory, OUT_OF_RESOURCES",
    "Socket closed, CLOSED",
    "Socket is closed, CLOSED",
    "Closed by interrupt, CLOSED",
    "Bad file descriptor, CLOSED",
    "Protocol not supported, OTHER",
  })
  void theTextOfTheSystemTellsTheError(String text, SocketError error) {
    assertThat(SocketFailure.of("call", new IOException(text)).error()).isEqualTo(error);
  }

  @Test
  void theMessageNamesTheCallTheAddressAndTheError() {
    assertThat(
            SocketFailure.of(
                "connect tcp://127.0.0.1:9", new ConnectException("Connection refused")))
        .hasMessage("connect tcp://127.0.0.1:9: refused: nothing listens there (ECONNREFUSED)");
  }

  @Test
  void anAddressOfTheOtherFamilyIsNamedSo() {
    assertThat(SocketFailure.of("connect", new UnsupportedAddressTypeException()))
        .hasMessage(
            "connect: the address is of another family (IPv4, IPv6) than the socket"
                + " (EAFNOSUPPORT)");
  }

  @Test
  void anErrorWithoutANameOfOursIsToldInTheSystemsWords() {
    assertThat(SocketFailure.of("bind", new IOException("Protocol not supported")))
        .hasMessage("bind: Protocol not supported (EIO)");
    assertThat(SocketFailure.of("connect", new IOException()))
        .hasMessage("connect: IOException (EIO)");
    assertThat(new SocketFailure(SocketError.OTHER, "call", null))
        .hasMessage("call: input/output error (EIO)");
  }

  @Test
  void aFailureIsNotWrappedTwice() {
    SocketFailure first = SocketFailure.of("accept", new IOException("Too many open files"));
    assertThat(SocketFailure.of("serve", first)).isSameAs(first);
  }
}
