package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import dev.sockbed.bench.conformance.peers.UdpPeer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A caller of a UDP echo server, which knows what may come back, asks again what stays unanswered,
 * and tells silence from loss.
 */
final class UdpCaller {
  private static final int CONTROL_BYTES = 24;

  private final UdpPeer peer;
  private final InetSocketAddress server;
  private final Limits limits;

  /** Echoes that were or may be answered, and how often each datagram was sent. */
  private final Map<ByteBuffer, Integer> sent = new HashMap<>();

  private final Map<ByteBuffer, Integer> answered = new HashMap<>();

  /** Datagrams any part of which may come back. */
  private final List<ByteBuffer> whatever = new ArrayList<>();

  private int controls;

  /** Of several callers, and read by others. */
  private final AtomicInteger notAnsweredAtFirst;

  UdpCaller(
      UdpPeer peer, InetSocketAddress server, Limits limits, AtomicInteger notAnsweredAtFirst) {
    this.notAnsweredAtFirst = notAnsweredAtFirst;
    this.peer = peer;
    this.server = server;
    this.limits = limits;
  }

  UdpPeer peer() {
    return peer;
  }

  /** Sends a datagram once. */
  void send(byte[] datagram) throws Violation {
    sent.merge(echoOf(datagram), 1, Integer::sum);
    peer.send(datagram, server);
  }

  /** Sends a datagram whose answer is another case's matter: any part of it may come back. */
  void sendWhateverComes(byte[] datagram) throws Violation {
    whatever.add(ByteBuffer.wrap(datagram));
    peer.send(datagram, server);
  }

  private boolean isPartOfWhatever(ByteBuffer came) {
    return whatever.stream()
        .anyMatch(all ->
            came.remaining() <= all.remaining() && all.slice(0, came.remaining()).equals(came));
  }

  /** What must come back: the datagram, cut to the limit. */
  private ByteBuffer echoOf(byte[] datagram) {
    return ByteBuffer.wrap(datagram, 0, Math.min(datagram.length, limits.receiveLimit())).slice();
  }

  /**
   * Sends a datagram alone; until it is answered again and again, and each time a control, too.
   *
   * @throws Violation if it is not answered, and others are, or nothing is
   * @throws Undecided if so much is lost that this can't be told
   */
  void ask(byte[] datagram) throws Violation, Undecided, InterruptedException {
    long start = System.nanoTime();
    send(datagram);
    if (awaitEcho(datagram, limits.once())) {
      return;
    }
    Silence silence = new Silence();
    while (true) {
      byte[] control = control();
      send(control);
      boolean controlAnswered = awaitEcho(control, limits.once());
      if (awaitEcho(datagram, limits.quiet())) {
        notAnsweredAtFirst.incrementAndGet();
        return;
      }
      silence.add(controlAnswered);
      complain(silence, datagram, start);
      send(datagram);
      if (awaitEcho(datagram, controlAnswered ? limits.quiet() : limits.once())) {
        notAnsweredAtFirst.incrementAndGet();
        return;
      }
    }
  }

  /**
   * Sends up to so many datagrams, the next while the one before may still be answered.
   *
   * @param apart between two of them
   * @param within how long the last one's answer may take
   * @return whether one was answered before the next was sent, or the last one within its time
   */
  boolean isInTime(int times, Duration apart, Duration within)
      throws Violation, InterruptedException {
    for (int i = 1; i <= times; i++) {
      byte[] control = control();
      send(control);
      if (awaitEcho(control, i < times ? apart : within)) {
        return true;
      }
    }
    return false;
  }

  /** What was sent already must be answered; asks again for it if it is not. */
  void expectEcho(byte[] datagram) throws Violation, Undecided, InterruptedException {
    if (!awaitEcho(datagram, limits.once())) {
      ask(datagram);
      notAnsweredAtFirst.incrementAndGet();
    }
  }

  /** How many of so many datagrams, all sent at once, are answered until no more come. */
  int answeredOfBurst(List<byte[]> datagrams) throws Violation, InterruptedException {
    int before = answersOf(datagrams);
    for (byte[] datagram : datagrams) {
      send(datagram);
    }
    while (answersOf(datagrams) - before < datagrams.size()) {
      Datagram came = peer.receive(limits.once());
      if (came == null) {
        break;
      }
      check(came, null);
    }
    return answersOf(datagrams) - before;
  }

  private int answersOf(List<byte[]> datagrams) {
    return datagrams.stream().mapToInt(each -> answered.getOrDefault(echoOf(each), 0)).sum();
  }

  /** Waits until each of these was answered as often as it was sent; tells how many were not. */
  int unanswered(List<byte[]> datagrams) throws Violation, InterruptedException {
    ReceiveWindow window = new ReceiveWindow(limits.once(), peer::receive);
    while (missing(datagrams) > 0) {
      Datagram came = window.next();
      if (came == null) {
        break;
      }
      check(came, null);
    }
    return missing(datagrams);
  }

  private int missing(List<byte[]> datagrams) {
    return datagrams.stream()
        .mapToInt(
            each -> sent.getOrDefault(echoOf(each), 0) - answered.getOrDefault(echoOf(each), 0))
        .map(left -> Math.max(0, left))
        .sum();
  }

  /** Whether a datagram of that length is answered, while others are. */
  boolean carries(int length) throws Violation, Undecided, InterruptedException {
    byte[] datagram = Payload.pattern(length, length).bytes();
    for (int tries = limits.lossless() ? 1 : 4; tries > 0; tries--) {
      send(datagram);
      ask(control());
      if (awaitEcho(datagram, limits.quiet())) {
        return true;
      }
    }
    return false;
  }

  /** Sends so many controls at once, and tells how many of them are answered. */
  int answeredOf(int count) throws Violation, InterruptedException {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] control = control();
      all.add(control);
      send(control);
    }
    long deadline = System.nanoTime() + limits.once().toNanos();
    int answers = 0;
    for (byte[] control : all) {
      long left = Math.max(0, deadline - System.nanoTime());
      answers += awaitEcho(control, Duration.ofNanos(left)) ? 1 : 0;
    }
    notAnsweredAtFirst.addAndGet(count - answers);
    return answers;
  }

  private void complain(Silence silence, byte[] datagram, long startNanos)
      throws Violation, Undecided {
    String what = "%,d bytes: sent %d times".formatted(datagram.length, silence.tries());
    Duration waited = Duration.ofNanos(System.nanoTime() - startNanos);
    boolean deaf =
        limits.lossless()
            && silence.controlsAnswered() == 0
            && waited.compareTo(limits.patience()) >= 0;
    Silence.Reading reading = deaf ? Silence.Reading.DEAF : silence.reading();
    switch (reading) {
      case REFUSES ->
          throw Violation.of(
              "a datagram of %s and not answered; of %d others in between, %d were"
                  .formatted(what, silence.tries(), silence.controlsAnswered()));
      case DEAF ->
          throw Violation.late(
              "a datagram of " + what + ", and nothing is answered at all", limits.patience());
      case LOSSY -> {
        String few =
            "a datagram of %s and not answered, but of others only %d were"
                .formatted(what, silence.controlsAnswered());
        if (limits.lossless()) {
          throw Violation.of(few + ": nothing is lost on this machine but by the server");
        }
        throw Undecided.inconclusive(few + ": the network loses too much");
      }
      case UNKNOWN -> {}
    }
  }

  /** Another each time, and short enough to be answered whole. */
  byte[] control() {
    byte[] text =
        "control %d of %s              "
            .formatted(controls++, peer.name())
            .getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(text, Math.min(CONTROL_BYTES, limits.receiveLimit()));
  }

  /** Waits for one echo; others that come meanwhile are checked and kept. */
  private boolean awaitEcho(byte[] datagram, Duration within)
      throws Violation, InterruptedException {
    ByteBuffer echo = echoOf(datagram);
    ReceiveWindow window = new ReceiveWindow(within, peer::receive);
    while (answered.getOrDefault(echo, 0) == 0) {
      Datagram came = window.next();
      if (came == null) {
        return false;
      }
      check(came, echo);
    }
    return true;
  }

  /** Whatever comes must come from the server, and be the echo of something that was sent. */
  private void check(Datagram came, @Nullable ByteBuffer awaited) throws Violation {
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
          : stranger(came.bytes(), awaited);
    }
    answered.merge(bytes, 1, Integer::sum);
  }

  private Violation stranger(byte[] came, ByteBuffer awaited) {
    boolean tooLong = came.length > limits.receiveLimit();
    String what =
        tooLong
            ? "%,d bytes came back, where the receive limit is %,d (say --receive-limit if it has another)"
                .formatted(came.length, limits.receiveLimit())
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
    return sent.keySet().stream().anyMatch(echo -> Guess.isLike(came, echo))
        ? ""
        : Guess.suffix(came);
  }

  /** The echo with which that begins, if it should have ended there; empty ones tell nothing. */
  private Optional<ByteBuffer> cutTooLate(byte[] came) {
    return sent.keySet().stream()
        .filter(echo -> echo.remaining() > 0 && echo.remaining() < came.length)
        .filter(echo -> ByteBuffer.wrap(came, 0, echo.remaining()).equals(echo))
        .max(Comparator.comparingInt(ByteBuffer::remaining));
  }

  /** Makes sure that nothing comes for a while but echoes of what was sent. */
  void expectNothingElse() throws Violation, InterruptedException {
    expectNothingElse(limits.quiet());
  }

  /** The same for so long. */
  void expectNothingElse(Duration within) throws Violation, InterruptedException {
    ReceiveWindow window = new ReceiveWindow(within, peer::receive);
    Datagram came;
    while ((came = window.next()) != null) {
      check(came, null);
    }
  }

  /** How many more answers than datagrams there were, of all that were sent. */
  int surplus() {
    return answered.entrySet().stream()
        .mapToInt(each -> Math.max(0, each.getValue() - sent.getOrDefault(each.getKey(), 0)))
        .sum();
  }

  /** Whether it was answered at all. */
  boolean isAnswered(byte[] datagram) {
    return answered.containsKey(echoOf(datagram));
  }

  private static String shown(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
