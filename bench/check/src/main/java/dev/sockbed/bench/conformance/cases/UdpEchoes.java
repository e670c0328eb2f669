package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a UDP echo server may send to one caller, and how often it has. */
final class UdpEchoes {
  private final InetSocketAddress server;
  private final int limit;

  /** Echoes that were or may be answered, and how often each datagram was sent. */
  private final Map<ByteBuffer, Integer> sent = new HashMap<>();

  private final Map<ByteBuffer, Integer> answered = new HashMap<>();

  /** Datagrams any part of which may come back. */
  private final List<ByteBuffer> whatever = new ArrayList<>();

  /**
   * None may come yet.
   *
   * @param limit the server's receive limit, in bytes: an echo is no longer
   */
  UdpEchoes(InetSocketAddress server, int limit) {
    this.server = server;
    this.limit = limit;
  }

  /** A datagram is sent, once more: its echo may come. */
  void sent(byte[] datagram) {
    sent.merge(echoOf(datagram), 1, Integer::sum);
  }

  /** A datagram is sent any part of which may come back. */
  void sentWhateverComes(byte[] datagram) {
    whatever.add(ByteBuffer.wrap(datagram));
  }

  /** What must come back: the datagram, cut to the limit. */
  private ByteBuffer echoOf(byte[] datagram) {
    return ByteBuffer.wrap(datagram, 0, Math.min(datagram.length, limit)).slice();
  }

  /**
   * Takes what came: it must come from the server, and be the echo of something that was sent.
   *
   * @param awaited the datagram whose echo is waited for; null if none is
   */
  void add(Datagram came, byte @Nullable [] awaited) throws Violation {
    if (!came.from().equals(server)) {
      throw Violation.of(
          "an answer came from %s, and %s was asked".formatted(shown(came.from()), shown(server)));
    }
    ByteBuffer bytes = ByteBuffer.wrap(came.bytes());
    if (!sent.containsKey(bytes) && isPartOfWhatever(bytes)) {
      return;
    }
    if (!sent.containsKey(bytes)) {
      throw awaited == null
          ? Violation.of(
              isMerged(came.bytes())
                  ? "it put several datagrams into one answer"
                  : "it sent what nobody had sent to it" + guess(came.bytes()),
              new byte[0],
              came.bytes())
          : stranger(came.bytes(), echoOf(awaited));
    }
    answered.merge(bytes, 1, Integer::sum);
  }

  private Violation stranger(byte[] came, ByteBuffer awaited) {
    boolean tooLong = came.length > limit;
    String what =
        tooLong
            ? "%,d bytes came back, where the receive limit is %,d (say --receive-limit if it has another)"
                .formatted(came.length, limit)
            : isMerged(came)
                ? "it put several datagrams into one answer"
                : "what came back is not what was sent" + guess(came);
    ByteBuffer right = cutTooLate(came).orElse(awaited);
    byte[] expected = new byte[right.remaining()];
    right.duplicate().get(expected);
    return Violation.of(what, expected, came);
  }

  /** Whether two datagrams that were sent stand there one behind the other, if cut. */
  private boolean isMerged(byte[] came) {
    return cutTooLate(came)
        .map(first -> ByteBuffer.wrap(came, first.remaining(), came.length - first.remaining()))
        .filter(rest ->
            sent.keySet().stream()
                .filter(echo -> echo.remaining() > 0)
                .anyMatch(echo -> begins(rest, echo)))
        .isPresent();
  }

  private static boolean begins(ByteBuffer rest, ByteBuffer echo) {
    int length = Math.min(rest.remaining(), echo.remaining());
    return rest.slice(rest.position(), length).equals(echo.slice(echo.position(), length));
  }

  /** What it seems to be, unless it is like something that was sent. */
  private String guess(byte[] came) {
    return sent.keySet().stream().anyMatch(echo -> ProtocolGuess.isLike(came, echo))
        ? ""
        : ProtocolGuess.suffix(came);
  }

  /** The echo with which that begins, if it should have ended there; empty ones tell nothing. */
  private Optional<ByteBuffer> cutTooLate(byte[] came) {
    return sent.keySet().stream()
        .filter(echo -> echo.remaining() > 0 && echo.remaining() < came.length)
        .filter(echo -> ByteBuffer.wrap(came, 0, echo.remaining()).equals(echo))
        .max(Comparator.comparingInt(ByteBuffer::remaining));
  }

  private boolean isPartOfWhatever(ByteBuffer came) {
    return whatever.stream()
        .anyMatch(all ->
            came.remaining() <= all.remaining() && all.slice(0, came.remaining()).equals(came));
  }

  /** Whether it was answered at all. */
  boolean isAnswered(byte[] datagram) {
    return answered.containsKey(echoOf(datagram));
  }

  /** How many answers there were to these together. */
  int answersOf(List<byte[]> datagrams) {
    return datagrams.stream().mapToInt(each -> answered.getOrDefault(echoOf(each), 0)).sum();
  }

  /** How many answers to these are missing, if each is answered as often as it was sent. */
  int missing(List<byte[]> datagrams) {
    return datagrams.stream()
        .mapToInt(
            each -> sent.getOrDefault(echoOf(each), 0) - answered.getOrDefault(echoOf(each), 0))
        .map(left -> Math.max(0, left))
        .sum();
  }

  /** How many more answers than datagrams there were, of all that were sent. */
  int surplus() {
    return answered.entrySet().stream()
        .mapToInt(each -> Math.max(0, each.getValue() - sent.getOrDefault(each.getKey(), 0)))
        .sum();
  }

  private static String shown(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
