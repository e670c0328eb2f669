package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a case does to a TCP echo server. Callers have names; {@link #A} is the only one in most
 * cases.
 *
 * @see UdpServerSteps
 */
final class TcpServerSteps {
  static final String A = "A";
  static final String B = "B";

  private static final int STALLING_BYTES = 128 << 20;
  private static final int DELAY_EXCHANGES = 40;
  private static final long DELAY_NANOS = 25_000_000;

  private TcpServerSteps() {}

  static Step<TcpServerScene> connect() {
    return connect(A);
  }

  static Step<TcpServerScene> connect(String who) {
    return new Step<>(who + " connects", scene -> scene.connect(who));
  }

  static Step<TcpServerScene> connectUnread(String who) {
    return new Step<>(who + " connects, and does not read yet", scene -> scene.connectUnread(who));
  }

  static Step<TcpServerScene> beginToRead(String who) {
    return new Step<>(who + " begins to read", scene -> scene.caller(who).peer().read());
  }

  static Step<TcpServerScene> send(Payload payload) {
    return send(A, payload);
  }

  static Step<TcpServerScene> send(String who, Payload payload) {
    return new Step<>(
        who + " sends " + payload.name(), scene -> scene.caller(who).send(payload.bytes()));
  }

  static Step<TcpServerScene> sendMeanwhile(String who, Payload payload) {
    return new Step<>(
        who + " sends " + payload.name() + " while it reads",
        scene -> scene.caller(who).sendMeanwhile(payload.bytes()));
  }

  /** One write for each piece, and a moment between, so that they don't travel together. */
  static Step<TcpServerScene> sendInPieces(Payload payload, int pieceBytes) {
    return new Step<>(
        "A sends " + payload.name() + " in writes of " + pieceBytes,
        scene -> {
          byte[] all = payload.bytes();
          for (int at = 0; at < all.length; at += pieceBytes) {
            scene
                .caller(A)
                .send(Arrays.copyOfRange(all, at, Math.min(at + pieceBytes, all.length)));
            Thread.sleep(1);
          }
        });
  }

  static Step<TcpServerScene> expectEcho() {
    return expectEcho(A);
  }

  static Step<TcpServerScene> expectEcho(String who) {
    return new Step<>(who + " gets back what it sent", scene -> scene.caller(who).expectEcho());
  }

  /** Each is back before the next is sent. */
  static Step<TcpServerScene> exchangeEach(String text, Iterable<Payload> payloads) {
    return new Step<>(
        text,
        scene -> {
          for (Payload payload : payloads) {
            scene.caller(A).send(payload.bytes());
            scene.caller(A).expectEcho();
          }
        });
  }

  static Step<TcpServerScene> expectSilence(String who) {
    return new Step<>(
        who + " gets nothing more",
        scene -> scene.caller(who).expectSilence(scene.limits().quiet()));
  }

  static Step<TcpServerScene> expectOpen(Duration length) {
    return new Step<>(
        "the connection stays open for " + length.toMillis() + " ms",
        scene -> scene.caller(A).expectOpen(length));
  }

  static Step<TcpServerScene> pause(Duration length) {
    return new Step<>("a pause of " + length.toMillis() + " ms", _ -> Thread.sleep(length));
  }

  static Step<TcpServerScene> halfClose() {
    return new Step<>("A half-closes", scene -> scene.caller(A).peer().halfClose());
  }

  static Step<TcpServerScene> reset(String who) {
    return new Step<>(who + " breaks off (RST)", scene -> scene.reset(who));
  }

  static Step<TcpServerScene> leave(String who) {
    return new Step<>(who + " closes", scene -> scene.leave(who));
  }

  /** The server's own close, whichever way it is done. */
  static Step<TcpServerScene> expectEnd() {
    return new Step<>(
        "the server closes, too",
        scene -> {
          Duration patience = scene.limits().patience();
          TcpEnd end = scene.caller(A).peer().awaitEnd(patience);
          scene.judged(TcpServerScene.how(end, patience));
          if (end == null) {
            throw Violation.late(
                "it did not close within " + patience.toMillis() + " ms", patience);
          }
          scene.caller(A).expectSilence(Duration.ZERO);
        });
  }

  static Step<TcpServerScene> expectFin() {
    return new Step<>(
        "the server closes by FIN",
        scene -> {
          Duration patience = scene.limits().patience();
          TcpEnd end = scene.caller(A).peer().awaitEnd(patience);
          scene.judged(TcpServerScene.how(end, patience));
          if (end == null) {
            throw Violation.late(
                "it did not close within " + patience.toMillis() + " ms", patience);
          }
          if (end != TcpEnd.FIN) {
            throw Violation.of("it closed by " + end.label());
          }
        });
  }

  /** More than the buffers of both ends hold, so that the server's write waits. */
  static Step<TcpServerScene> stall(String who) {
    return new Step<>(
        who + " connects, and sends without reading until no more is taken, 128 MiB at most",
        scene -> scene.connectNarrow(who).sendUntilStalled(STALLING_BYTES));
  }

  /** A delayed acknowledgement takes 40 ms on Linux, and begins after some first quick ones. */
  static Step<TcpServerScene> expectNoDelay() {
    return new Step<>(
        "A gets 300 bytes back about as soon as 1",
        scene -> {
          long one = median(scene.caller(A), Payload.pattern(1));
          long several = median(scene.caller(A), Payload.pattern(300));
          if (several - one > DELAY_NANOS) {
            throw Violation.of(
                "1 byte takes %.1f ms, 300 bytes %.1f ms".formatted(one / 1e6, several / 1e6));
          }
        });
  }

  private static long median(TcpCaller caller, Payload payload)
      throws Violation, InterruptedException {
    long[] nanos = new long[DELAY_EXCHANGES];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      caller.send(payload.bytes());
      caller.expectEcho();
      nanos[i] = System.nanoTime() - start;
    }
    long[] later = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
