package dev.sockbed.bench.conformance.planted;

import static dev.sockbed.bench.conformance.planted.WrongTcpServers.changing;
import static dev.sockbed.bench.conformance.planted.WrongTcpServers.each;
import static dev.sockbed.bench.conformance.planted.WrongTcpServers.echo;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Echo servers over TCP that change the bytes, or their number. */
final class WrongTcpBytes {
  private static final int LIMIT = 128;

  private WrongTcpBytes() {}

  static List<Planted<Supplier<TcpFixture>>> all() {
    return List.of(
        changing(
            "drops the last byte of what it receives",
            "echo/tcp/1.1",
            bytes -> bytes.length > 1 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes),
        each(
            "echoes only the first 128 bytes of a stream",
            "echo/tcp/1.1",
            WrongTcpBytes::firstLimitOnly),
        each(
            "drops a message like the one before it",
            "echo/tcp/1.1",
            WrongTcpBytes::withoutRepeats),
        changing("adds a line end", "echo/tcp/1.2", bytes -> with(bytes, '\n')),
        each(
            "greets",
            "echo/tcp/1.2",
            (caller, _) -> {
              caller.getOutputStream().write("welcome\n".getBytes(UTF_8));
              echo(caller);
            }),
        changing("sends everything twice", "echo/tcp/1.2", WrongTcpBytes::twice),
        changing("stops at a NUL", "echo/tcp/1.3", WrongTcpBytes::untilNul),
        changing(
            "decodes as UTF-8", "echo/tcp/1.3", bytes -> new String(bytes, UTF_8).getBytes(UTF_8)),
        changing(
            "takes 0xFF for a telnet command",
            "echo/tcp/1.3",
            bytes -> without(bytes, (byte) 0xFF)),
        changing("drops carriage returns", "echo/tcp/1.3", bytes -> without(bytes, (byte) '\r')),
        changing(
            "swaps the bytes of 16-bit numbers", "echo/tcp/1.4", WrongTcpBytes::swappedInPairs),
        changing("stamps probe messages with its own time", "probe/1.6", WrongProbes::stamped));
  }

  private static void withoutRepeats(Socket caller, TcpFixture server) throws IOException {
    byte[] before = {};
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      byte[] now = Arrays.copyOf(buffer, length);
      if (!Arrays.equals(now, before)) {
        caller.getOutputStream().write(now);
      }
      before = now;
    }
  }

  private static void firstLimitOnly(Socket caller, TcpFixture server) throws IOException {
    caller.getOutputStream().write(caller.getInputStream().readNBytes(1));
    int left = LIMIT - 1;
    byte[] buffer = new byte[LIMIT];
    int length;
    while ((length = caller.getInputStream().read(buffer)) >= 0) {
      int echoed = Math.min(left, length);
      caller.getOutputStream().write(buffer, 0, echoed);
      left -= echoed;
    }
  }

  private static byte[] with(byte[] bytes, char last) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    more[bytes.length] = (byte) last;
    return more;
  }

  private static byte[] twice(byte[] bytes) {
    byte[] more = Arrays.copyOf(bytes, bytes.length * 2);
    System.arraycopy(bytes, 0, more, bytes.length, bytes.length);
    return more;
  }

  private static byte[] untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static byte[] without(byte[] bytes, byte unwanted) {
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    for (byte value : bytes) {
      if (value != unwanted) {
        left.write(value);
      }
    }
    return left.toByteArray();
  }

  /** As if it read 16-bit numbers of the other byte order. */
  private static byte[] swappedInPairs(byte[] bytes) {
    byte[] swapped = bytes.clone();
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      swapped[i] = bytes[i + 1];
      swapped[i + 1] = bytes[i];
    }
    return swapped;
  }
}
