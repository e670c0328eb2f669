package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

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

  /** As long as hundreds of exchanges take, and more. */
  private static final long SOON_NANOS = 3_000_000_000L;

  private static final int LITTLE_BYTES = 512;

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

  /**
   * Each is back before the next is sent. With a slow server the rest is sent at once if it is
   * little, and else left out.
   */
  static Step<TcpServerScene> exchangeEach(String text, List<Payload> payloads) {
    return new Step<>(
        text,
        scene -> {
          TcpCaller caller = scene.caller(A);
          long start = System.nanoTime();
          int next = 0;
          while (next < payloads.size() && System.nanoTime() - start <= SOON_NANOS) {
            caller.send(payloads.get(next++).bytes());
            caller.expectEcho();
          }
          List<Payload> rest = payloads.subList(next, payloads.size());
          if (rest.stream().mapToInt(each -> each.bytes().length).sum() <= LITTLE_BYTES) {
            for (Payload each : rest) {
              caller.send(each.bytes());
            }
            caller.expectEcho();
          }
        });
  }

  static Step<TcpServerScene> expectSilence(String who) {
    return new Step<>(
        who + " gets nothing more",
        scene -> scene.caller(who).expectSilence(scene.limits().quiet()));
  }

  static Step<TcpServerScene> expectSilence(String who, Duration length) {
    return new Step<>(
        who + " gets nothing for " + length.toMillis() + " ms",
        scene -> scene.caller(who).expectSilence(length));
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

  static Step<TcpServerScene> expectEchoAfterStall(boolean halfClose) {
    return new Step<>(
        "A connects, sends without reading until no more is taken"
            + (halfClose ? ", half-closes" : "")
            + ", reads, and gets all of it back",
        scene -> scene.connectNarrow(A).expectEchoAfterStall(STALLING_BYTES, halfClose));
  }

  /** As many as a server serves at a time, of so many. */
  static Step<TcpServerScene> manyAtOnce(int callers, int bytes, int rounds) {
    return new Step<>(
        "%d clients, or as many as it takes, send %,d bytes each at the same time, %d times, and get them back"
            .formatted(callers, bytes, rounds),
        scene -> {
          List<TcpCaller> served = scene.connectAtOnce(callers);
          for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < served.size(); i++) {
              served.get(i).sendMeanwhile(Payload.pattern(bytes, i + round).bytes());
            }
            for (TcpCaller each : served) {
              each.expectEcho();
            }
          }
          leave(served, scene.limits().quiet());
        });
  }

  /** So that a server that takes few callers at a time has room for the next. */
  private static void leave(List<TcpCaller> callers, Duration patience)
      throws InterruptedException {
    for (TcpCaller each : callers) {
      each.peer().halfClose();
    }
    for (TcpCaller each : callers) {
      each.peer().awaitEnd(patience);
      each.peer().close();
    }
  }
}
