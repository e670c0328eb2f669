package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.load.ProbeMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bytes to send, with a name for the list of steps. */
final class Payload {
  private static final int VALUES = 256;
  private static final int PROBE_BYTES = 64;

  /**
   * After so many bytes the pattern begins again, 7 higher; neighbours differ, and a shift is seen.
   * By 251 - 7 = 244 bytes it is seen in 7 of 251 bytes only: the others are the same there.
   */
  private static final int PATTERN_PERIOD = 251;

  private final String name;
  private final byte[] bytes;

  /**
   * Bytes, which are not to be changed any more.
   *
   * @param name as in {@code 128 bytes}
   */
  Payload(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** Text as UTF-8. */
  static Payload text(String text) {
    return new Payload("'" + text.replace("\r", "\\r").replace("\n", "\\n") + "'", utf8(text));
  }

  /** Some bytes and what they are. */
  static Payload of(String name, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new Payload(name, bytes);
  }

  /** Every value of a byte once, from 0 upward. */
  static Payload allValues() {
    byte[] bytes = new byte[VALUES];
    for (int i = 0; i < VALUES; i++) {
      bytes[i] = (byte) i;
    }
    return new Payload("all 256 values", bytes);
  }

  /** Words that mean the end to some programs, and blanks that some take away. */
  static List<Payload> words() {
    return texts(
        "quit", "exit", "bye", "QUIT\r\n", "quit\n", "stop", "close", "end", ".", "  a b  ", " \n");
  }

  /** More such words. */
  static List<Payload> moreWords() {
    return texts(
        "logout",
        "shutdown",
        "EXIT",
        "disconnect",
        "goodbye",
        "q",
        "halt",
        "reboot",
        "END",
        "EOF\n");
  }

  private static List<Payload> texts(String... texts) {
    return Stream.of(texts).map(Payload::text).toList();
  }

  /** That many bytes, of which no two neighbours are the same. */
  static Payload pattern(int length) {
    return pattern(length, 0);
  }

  /** The same, another for each seed. */
  static Payload pattern(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((i % PATTERN_PERIOD) + i / PATTERN_PERIOD * 7 + seed * 31);
    }
    return new Payload(length == 1 ? "1 byte" : "%,d bytes".formatted(length), bytes);
  }

  /** Probe messages 0, 1 and 2, as a measuring client sends them. */
  static List<Payload> probes() {
    return IntStream.range(0, 3)
        .mapToObj(sequence -> {
          ByteBuffer message = ByteBuffer.allocate(PROBE_BYTES);
          ProbeMessage probe = new ProbeMessage(PROBE_BYTES);
          probe.write(message, PROBE_BYTES, sequence);
          probe.stamp(message, System.nanoTime());
          return new Payload("probe " + sequence, message.array());
        })
        .toList();
  }

  /** The same after it. */
  Payload then(Payload next) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + next.bytes.length);
    System.arraycopy(next.bytes, 0, both, bytes.length, next.bytes.length);
    return new Payload(name + " and " + next.name, both);
  }

  String name() {
    return name;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
