package dev.sockbed.common;

import dev.sockbed.common.linux.ErrorNumber;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which error an operating system's text tells of: glibc's, musl's, BSD's and Windows' English, and
 * Linux's in any language. The JDK keeps {@code errno} to itself, and has a type of exception for
 * few of its values.
 *
 * @param error what the text means
 * @param linuxNumbers each {@code errno} that means it
 * @param fragments what its English text contains, in lower case
 */
record ErrorText(SocketError error, List<Integer> linuxNumbers, List<String> fragments) {

  /** The first that matches counts: Windows resets are "forcibly closed". */
  private static final List<ErrorText> KNOWN =
      List.of(
          of(SocketError.REFUSED, List.of(111), "connection refused"),
          of(SocketError.TIMED_OUT, List.of(110), "timed out"),
          of(
              SocketError.UNREACHABLE,
              List.of(101, 113, 100),
              "unreachable",
              "no route to host",
              "network is down"),
          of(
              SocketError.RESET,
              List.of(104, 32, 103),
              "reset",
              "broken pipe",
              "aborted",
              "forcibly closed"),
          of(SocketError.ADDRESS_IN_USE, List.of(98), "address already in use", "address in use"),
          of(
              SocketError.ADDRESS_NOT_AVAILABLE,
              List.of(99),
              "assign requested address",
              "address not available"),
          of(
              SocketError.PERMISSION_DENIED,
              List.of(13, 1),
              "permission denied",
              "operation not permitted"),
          of(
              SocketError.WRONG_FAMILY,
              List.of(97),
              "address family not supported",
              "unsupported address type"),
          of(SocketError.MESSAGE_TOO_LONG, List.of(90), "message too long", "message too large"),
          of(
              SocketError.OUT_OF_RESOURCES,
              List.of(24, 23, 105, 12),
              "too many open files",
              "no file descriptors",
              "no buffer space",
              "cannot allocate memory",
              "out of memory"),
          of(SocketError.CLOSED, List.of(9), "closed", "bad file descriptor"));

  private static ErrorText of(SocketError error, List<Integer> linuxNumbers, String... fragments) {
    return new ErrorText(error, linuxNumbers, List.of(fragments));
  }

  /** The error that {@code text} tells of, or {@link SocketError#OTHER}. */
  static SocketError errorOf(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    return first(known -> known.fragments.stream().anyMatch(lowerCase::contains))
        .or(() -> first(known -> known.isTranslatedIn(text)))
        .orElse(SocketError.OTHER);
  }

  private static Optional<SocketError> first(Predicate<ErrorText> matching) {
    return KNOWN.stream().filter(matching).map(ErrorText::error).findFirst();
  }

  private boolean isTranslatedIn(String text) {
    return linuxNumbers.stream()
        .map(ErrorNumber::text)
        .anyMatch(translation -> translation != null && text.contains(translation));
  }
}
