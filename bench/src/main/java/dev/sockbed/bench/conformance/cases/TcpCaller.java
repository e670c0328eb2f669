package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.bench.conformance.peers.TcpPeer;
import dev.sockbed.common.ThreadKind;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A caller of an echo server, which knows what has yet to come back. */
final class TcpCaller {
  /** A server on a busy machine may take nothing for some of these, but not for all. */
  private static final Duration LOOK = Duration.ofMillis(300);

  private static final int LOOKS = 4;
  private static final int PART_BYTES = 16 << 10;

  private final TcpPeer peer;
  private final Limits limits;
  private final ByteArrayOutputStream due = new ByteArrayOutputStream();

  TcpCaller(TcpPeer peer, Limits limits) {
    this.peer = peer;
    this.limits = limits;
  }

  TcpPeer peer() {
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
    AtomicInteger taken = new AtomicInteger();
    ThreadKind.VIRTUAL.start("sockbed-check-send", () -> sendCounting(most, taken));
    int before = 0;
    for (int idle = 0; idle < LOOKS && before < most; ) {
      Thread.sleep(LOOK);
      int now = taken.get();
      idle = now > before ? 0 : idle + 1;
      before = now;
    }
    peer.note("sent " + taken.get() + " bytes, until no more were taken");
  }

  private void sendCounting(int most, AtomicInteger taken) {
    byte[] part = Payload.pattern(PART_BYTES).bytes();
    try {
      while (taken.get() < most) {
        peer.sendUnlogged(part);
        taken.addAndGet(part.length);
      }
    } catch (Violation e) {
      taken.set(most); // It was closed, by us or by the server; nothing more is taken.
    }
  }

  /** Waits for all that is due, and compares. */
  void expectEcho() throws Violation, InterruptedException {
    byte[] expected = due.toByteArray();
    byte[] received = peer.receive(expected.length, limits.patience());
    due.reset();
    compare(expected, received);
  }

  private void compare(byte[] expected, byte[] received) throws Violation {
    if (Arrays.equals(expected, received)) {
      return;
    }
    int same = Arrays.mismatch(expected, received);
    if (same < received.length) {
      throw Violation.of(
          "byte %,d of %,d came back changed".formatted(same, expected.length)
              + Guess.suffix(received),
          expected,
          received);
    }
    String part = "%,d of %,d bytes came back".formatted(received.length, expected.length);
    TcpEnd end = peer.end();
    if (end != null) {
      String what = "%s before the end (%s)".formatted(part, end.label());
      throw Violation.of(what + Guess.suffix(received), expected, received);
    }
    String what = "%s within %d ms".formatted(part, limits.patience().toMillis());
    throw Violation.late(what + Guess.suffix(received), expected, received, limits.patience());
  }

  /** Makes sure that nothing comes for a while. */
  void expectSilence(Duration length) throws Violation, InterruptedException {
    byte[] received = peer.receiveSome(length);
    if (received.length > 0) {
      throw Violation.of(
          "it sent what nobody had sent to it" + Guess.suffix(received), new byte[0], received);
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
