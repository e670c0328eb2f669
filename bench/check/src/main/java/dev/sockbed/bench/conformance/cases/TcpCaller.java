package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.common.ThreadKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A caller of an echo server, which knows what has yet to come back. */
final class TcpCaller {
  /** A server on a busy machine may take nothing for some of these, but not for all. */
  private static final Duration LOOK = Duration.ofMillis(60);

  /** When it takes so long the machine is so busy that the server may have been, too. */
  private static final Duration LATE_LOOK = Duration.ofMillis(80);

  /** And twice as many more as it took nothing for before it went on. */
  private static final int LOOKS = 4;

  /** One that still takes some now and then, on a busy machine, waits for a reader long enough. */
  private static final Duration LONGEST_FILLING = Duration.ofSeconds(4);

  /** For a server that was late, and has less time for an answer: so many times that. */
  private static final int FILLING = 4;

  private static final int PART_BYTES = 16 << 10;

  private final TcpCheckPeer peer;
  private final Limits limits;
  private final ByteArrayOutputStream due = new ByteArrayOutputStream();

  /** What was due last. */
  private byte[] last = {};

  private boolean answered;

  TcpCaller(TcpCheckPeer peer, Limits limits) {
    this.peer = peer;
    this.limits = limits;
  }

  TcpCheckPeer peer() {
    return peer;
  }

  /** Sends bytes, which are then due to come back. */
  void send(byte... bytes) throws Violation {
    due.writeBytes(bytes);
    peer.send(bytes);
  }

  /** Sends in a thread of its own, since a long stream must be read meanwhile. */
  void sendMeanwhile(byte[] bytes) {
    due.writeBytes(bytes);
    ThreadKind.VIRTUAL.start(
        "sockbed-check-send",
        () -> {
          try {
            peer.send(bytes);
          } catch (Violation e) {
            // The log has it, and the echo that is missing then is what the case fails for.
            peer.halfClose();
          }
        });
  }

  /**
   * Sends, in a thread of its own, until nobody takes any more for a while: then the buffers of
   * both ends are full, and the server waits in its own send.
   *
   * @param most bytes to send; the system may take very many on the server's behalf
   */
  void sendUntilStalled(int most) throws InterruptedException {
    byte[] part = Payload.pattern(PART_BYTES).bytes();
    AtomicInteger taken = new AtomicInteger();
    AtomicBoolean never = new AtomicBoolean();
    ThreadKind.VIRTUAL.start("sockbed-check-send", () -> sendUntil(never, most, part, taken));
    awaitStall(most, taken);
    peer.note("sent " + taken.get() + " bytes, until no more were taken");
  }

  private void awaitStall(int most, AtomicInteger taken) throws InterruptedException {
    int before = 0;
    int idle = 0;
    int longestIdle = 0;
    long longest = Math.min(LONGEST_FILLING.toNanos(), FILLING * limits.patience().toNanos());
    for (long looked = 0;
        idle < LOOKS + 2 * longestIdle && before < most && looked < longest;
        looked += LOOK.toNanos()) {
      long asleep = System.nanoTime();
      Thread.sleep(LOOK);
      boolean inTime = System.nanoTime() - asleep <= LATE_LOOK.toNanos();
      if (!inTime) {
        peer.note("the checker was late to look: the machine is busy");
      }
      int now = taken.get();
      longestIdle = now > before ? Math.max(longestIdle, idle) : longestIdle;
      idle = now > before ? 0 : idle + (inTime ? 1 : 0);
      before = now;
    }
  }

  private void sendUntil(AtomicBoolean enough, int most, byte[] part, AtomicInteger taken) {
    try {
      while (!enough.get() && taken.get() < most) {
        peer.sendUnlogged(part);
        taken.addAndGet(part.length);
      }
    } catch (Violation e) {
      peer.note("no more is taken"); // It was closed, by us or by the server.
    }
  }

  /**
   * Waits for all that is due, and compares it as it comes. Each byte has its time: a slow server
   * is not wrong.
   */
  void expectEcho() throws Violation, InterruptedException {
    expectEcho(limits.patience());
  }

  /** The same with so long for each byte. */
  void expectEcho(Duration patience) throws Violation, InterruptedException {
    byte[] expected = due.toByteArray();
    last = expected;
    due.reset();
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (received.size() < expected.length) {
      int before = received.size();
      byte[] some = peer.receiveSome(expected.length - before, patience);
      received.writeBytes(some);
      answered = answered || some.length > 0;
      boolean right = Arrays.equals(some, 0, some.length, expected, before, before + some.length);
      if (some.length == 0) {
        throw missing(expected, received.toByteArray());
      }
      if (!right) {
        received.writeBytes(peer.receiveUntilQuiet(limits.quiet(), limits.quiet()));
        byte[] all = received.toByteArray();
        throw Violation.of(
            ByteDifference.between(expected, all) + guess(expected, all), expected, all);
      }
    }
  }

  /**
   * Sends 10 bytes up to so many times, and waits until one echo has come in time. The next is sent
   * while the one before is still awaited, so that a late server is found late soon.
   *
   * @param apart between two of them
   * @param within how long an echo may take
   * @return whether one has come in time
   */
  boolean isInTime(int times, Duration apart, Duration within)
      throws Violation, InterruptedException {
    byte[] message = Payload.pattern(10).bytes();
    long[] sentAt = new long[times];
    int sent = 0;
    int answered = 0;
    ByteArrayOutputStream echo = new ByteArrayOutputStream();
    while (answered < times) {
      long now = System.nanoTime();
      if (sent < times && (sent == 0 || now - sentAt[sent - 1] >= apart.toNanos())) {
        peer.send(message);
        sentAt[sent++] = now;
      }
      long next = sentAt[sent - 1] + (sent < times ? apart : within).toNanos() - now;
      byte[] some = peer.receiveSome(message.length * sent - echo.size(), Duration.ofNanos(next));
      checkEcho(message, echo.size(), some);
      echo.writeBytes(some);
      this.answered = this.answered || some.length > 0;
      for (; answered < echo.size() / message.length; answered++) {
        if (System.nanoTime() - sentAt[answered] <= within.toNanos()) {
          return true;
        }
      }
      if (peer.end() != null && some.length == 0) {
        throw missing(message, echo.toByteArray());
      }
      if (sent == times && System.nanoTime() - sentAt[times - 1] > within.toNanos()) {
        break;
      }
    }
    return false;
  }

  private static void checkEcho(byte[] message, int at, byte[] some) throws Violation {
    for (int i = 0; i < some.length; i++) {
      if (some[i] != message[(at + i) % message.length]) {
        throw Violation.of("byte %,d of an echo came back changed".formatted(at + i));
      }
    }
  }

  /** Whether any byte came back, right or wrong, where an echo was expected. */
  boolean answered() {
    return answered;
  }

  private Violation missing(byte[] expected, byte[] received) {
    String part =
        "%,d of %,d bytes came back".formatted(received.length, expected.length)
            + guess(expected, received);
    TcpEnd end = peer.end();
    return end == null
        ? Violation.late(
            "%s within %d ms".formatted(part, limits.patience().toMillis()),
            expected,
            received,
            limits.patience())
        : Violation.of("%s before the end (%s)".formatted(part, end.label()), expected, received);
  }

  private static String guess(byte[] expected, byte[] received) {
    return ProtocolGuess.isLike(received, ByteBuffer.wrap(expected))
        ? ""
        : ProtocolGuess.suffix(received);
  }

  /**
   * Sends without reading until nobody takes any more, and then reads it all and compares. The
   * server's own send has waited, or has taken a part only.
   *
   * @param most bytes to send
   * @param halfClose whether to close this side before reading
   */
  void expectEchoAfterStall(int most, boolean halfClose) throws Violation, InterruptedException {
    byte[] part = Payload.pattern(PART_BYTES).bytes();
    AtomicInteger taken = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    Thread sender =
        ThreadKind.VIRTUAL.start("sockbed-check-send", () -> sendUntil(enough, most, part, taken));
    awaitStall(most, taken);
    enough.set(true);
    peer.note("sent " + taken.get() + " bytes, until no more were taken");
    peer.readAsTaken();
    int received = 0;
    long lastNanos = System.nanoTime();
    while (true) {
      boolean sent = !sender.isAlive();
      if (sent && halfClose && !peer.halfClosed()) {
        peer.halfClose();
      }
      if (sent && received >= taken.get()) {
        return;
      }
      byte[] some = peer.receiveSome(sent ? limits.patience() : LOOK);
      for (int i = 0; i < some.length; i++) {
        if (some[i] != part[(received + i) % PART_BYTES]) {
          throw Violation.of(
              "after it had waited for a reader, byte %,d of %,d came back changed, or bytes before it are missing"
                  .formatted(received + i, taken.get()));
        }
      }
      received += some.length;
      long now = System.nanoTime();
      lastNanos = some.length > 0 ? now : lastNanos;
      if (some.length == 0 && (sent || now - lastNanos > limits.patience().toNanos())) {
        throw missing(taken.get(), received);
      }
    }
  }

  private Violation missing(int expected, int received) {
    TcpEnd end = peer.end();
    String part =
        "%,d of %,d bytes came back after it had waited for a reader".formatted(received, expected);
    return end == null
        ? Violation.late(part, limits.patience())
        : Violation.of(part + " (" + end.label() + ")");
  }

  /** Makes sure that nothing comes for a while. */
  void expectSilence(Duration length) throws Violation, InterruptedException {
    byte[] received = peer.receiveSome(length);
    if (received.length > 0) {
      throw Violation.of(
          "it sent what nobody had sent to it" + guess(last, received), new byte[0], received);
    }
  }

  /** Makes sure that the server has not ended the connection. */
  void expectOpen(Duration length) throws Violation, InterruptedException {
    TcpEnd end = peer.awaitEnd(length);
    if (end != null) {
      throw Violation.of("it ended the connection (" + end.label() + ") before the client did");
    }
  }
}
