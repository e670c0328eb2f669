package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.A;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How soon a TCP echo server must do what it does.
 *
 * @see TcpServerSteps
 */
final class TcpServerTimes {
  private static final int DELAY_EXCHANGES = 40;
  private static final int LEAST_DELAY_EXCHANGES = 10;
  private static final long DELAY_NANOS = 25_000_000;

  /** 300 bytes are so many receives: where each is slow, so are they, without any delay. */
  private static final int DELAY_PIECES = 3;

  /** As long as hundreds of exchanges take, and more. */
  private static final long SOON_NANOS = 3_000_000_000L;

  private TcpServerTimes() {}

  /** Late each time; a machine that stands still for a moment is late once. */
  static Step<TcpServerScene> expectInTime() {
    return new Step<>(
        "A sends 10 bytes, again after one and two seconds if they are not back, and gets one of"
            + " these back in time; and then so once more",
        scene -> {
          boolean first = isInTime(scene);
          if (!first || !isInTime(scene)) { // One may be quick once.
            scene.late();
            throw Violation.late(
                "none of three echoes came within %,d ms".formatted(Limits.IN_TIME.toMillis()),
                Limits.IN_TIME);
          }
        });
  }

  private static boolean isInTime(TcpServerScene scene) throws Violation, InterruptedException {
    return scene.caller(A).isInTime(3, Duration.ofSeconds(1), Limits.IN_TIME);
  }

  /** Late each time; a machine that stands still for a moment is late once. */
  static Step<TcpServerScene> expectEndInTime() {
    return new Step<>(
        "A connects and half-closes, again if the server does not close in time, three times at"
            + " most, and the server does",
        scene -> {
          for (int i = 0; i < 3; i++) {
            TcpCheckPeer peer = scene.connect(A).peer();
            peer.halfClose();
            TcpEnd end = peer.awaitEnd(Limits.IN_TIME);
            if (end != null) {
              scene.judged(TcpServerScene.how(end, Limits.IN_TIME));
              return;
            }
          }
          throw Violation.late(
              "in none of three times it closed within %,d ms".formatted(Limits.IN_TIME.toMillis()),
              Limits.IN_TIME);
        });
  }

  /**
   * A delayed acknowledgement takes 40 ms on Linux, and begins after some first quick ones. Where
   * it seems so twice: a busy machine may let one of the two wait.
   */
  static Step<TcpServerScene> expectNoDelay() {
    return new Step<>(
        "A gets 300 bytes back about as soon as 1",
        scene -> {
          if (delay(scene.caller(A)) != null) {
            String again = delay(scene.caller(A));
            if (again != null) {
              throw Violation.of(again);
            }
          }
        });
  }

  /** What shows that pieces wait for an acknowledgement; null if they do not. */
  private static @Nullable String delay(TcpCaller caller) throws Violation, InterruptedException {
    long one = median(caller, Payload.pattern(1));
    long several = median(caller, Payload.pattern(300));
    return several - DELAY_PIECES * one > DELAY_NANOS
        ? "1 byte takes %.1f ms, 300 bytes %.1f ms".formatted(one / 1e6, several / 1e6)
        : null;
  }

  private static long median(TcpCaller caller, Payload payload)
      throws Violation, InterruptedException {
    long[] nanos = new long[DELAY_EXCHANGES];
    long begin = System.nanoTime();
    int count = 0;
    for (int i = 0; i < nanos.length; i++) {
      if (i >= LEAST_DELAY_EXCHANGES && System.nanoTime() - begin > SOON_NANOS) {
        break;
      }
      count++;
      long start = System.nanoTime();
      caller.send(payload.bytes());
      caller.expectEcho();
      nanos[i] = System.nanoTime() - start;
    }
    long[] later = Arrays.copyOfRange(nanos, count / 2, count);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
