package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.client.device.BoardProfile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a board may have received from a server that sends everything back: its own greeting, then
 * its own answers to that. What it sent follows from what it received.
 */
final class BoardTalk {
  private final byte[] greeting;
  private final List<byte[]> received;

  BoardTalk(String greeting, List<byte[]> received) {
    this.greeting = greeting.getBytes(StandardCharsets.UTF_8);
    this.received = received;
  }

  /** Over TCP: what came is how the stream begins that the board sent. */
  void checkStream() throws Violation {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    out.writeBytes(greeting);
    for (byte[] piece : received) {
      in.writeBytes(piece);
      out.writeBytes(Answers.to(piece));
    }
    byte[] came = in.toByteArray();
    byte[] expected = Arrays.copyOf(out.toByteArray(), Math.min(came.length, out.size()));
    int same = Arrays.mismatch(expected, came);
    if (same >= 0) {
      throw Violation.of(
          "byte %,d came back to the board changed".formatted(same) + ProtocolGuess.suffix(came),
          expected,
          came);
    }
  }

  /**
   * Over UDP: each receive is the echo of a datagram that the board sent before.
   *
   * @param limit the server's receive limit, or the board's if that is less
   * @param profile if it collects, a receive may be several of them, cut to what the board takes
   */
  void checkDatagrams(int limit, BoardProfile profile) throws Violation {
    List<byte[]> echoes = new ArrayList<>();
    echoes.add(cut(greeting, limit));
    for (byte[] receive : received) {
      boolean right =
          profile.collects()
              ? isMadeOf(receive, 0, echoes)
              : echoes.stream().anyMatch(echo -> Arrays.equals(echo, receive));
      if (!right) {
        throw Violation.of(
            "what came to the board is no echo of a datagram that it sent",
            echoes.getLast(),
            receive);
      }
      echoes.add(cut(Answers.to(receive), limit));
    }
  }

  private static byte[] cut(byte[] datagram, int limit) {
    return Arrays.copyOf(datagram, Math.min(datagram.length, limit));
  }

  /** The last of them may be cut: the board has no room for more. */
  private static boolean isMadeOf(byte[] bytes, int at, List<byte[]> echoes) {
    if (at == bytes.length) {
      return true;
    }
    for (byte[] echo : echoes) {
      int length = Math.min(echo.length, Answers.LONGEST - at);
      boolean begins =
          length > 0
              && at + length <= bytes.length
              && Arrays.equals(bytes, at, at + length, echo, 0, length);
      if (begins && isMadeOf(bytes, at + length, echoes)) {
        return true;
      }
    }
    return false;
  }
}
