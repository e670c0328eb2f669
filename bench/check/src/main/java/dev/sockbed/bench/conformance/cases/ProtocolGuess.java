package dev.sockbed.bench.conformance.cases;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a program that is no echo server seems to be, from the first bytes that it sent. */
public final class ProtocolGuess {
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_VERSION = 0x03;

  private static final int SOME_BYTES = 8;

  private ProtocolGuess() {}

  /** A name for whoever sent this, if it is a well-known one. */
  public static Optional<String> of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.startsWith("HTTP/") || text.stripLeading().regionMatches(true, 0, "<!DOCTYPE", 0, 9)) {
      return Optional.of("an HTTP server");
    }
    if (text.startsWith("SSH-")) {
      return Optional.of("an SSH server");
    }
    if (bytes.length > 1
        && (bytes[0] == TLS_ALERT || bytes[0] == TLS_HANDSHAKE)
        && bytes[1] == TLS_VERSION) {
      return Optional.of("a TLS server");
    }
    if (text.startsWith("220 ")) {
      return Optional.of("a mail or FTP server");
    }
    if (text.startsWith("-ERR") || text.startsWith("+OK")) {
      return Optional.of("a Redis or POP3 server");
    }
    if (text.startsWith("Hello 01Studio!")) {
      return Optional.of("a board's program, which is a client");
    }
    return Optional.empty();
  }

  /** Whether it begins like something that was sent: then it is a bad echo, and no guess. */
  static boolean isLike(byte[] came, ByteBuffer sent) {
    int length = Math.min(Math.min(came.length, sent.remaining()), SOME_BYTES);
    return length > 0
        && ByteBuffer.wrap(came, 0, length).equals(sent.slice(sent.position(), length));
  }

  /** The same as the end of a sentence; empty if there is none. */
  static String suffix(byte[] bytes) {
    return of(bytes).map(name -> ": it answers like " + name).orElse("");
  }
}
