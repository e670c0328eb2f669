package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a TCP client sends to a right server, found once for all cases of a check: a fault in its
 * last message can only be planted by who knows which that is. Safe for many threads.
 */
public final class Rehearsal {
  private static final int LOOKS_PER_DEADLINE = 8;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable Talk talk;

  /** Why it will hardly be known, so that no other case needs to wait for the client in vain. */
  private @Nullable Violation failure;

  /**
   * What it sends.
   *
   * @param bytes on all connections together
   */
  record Talk(long bytes) {}

  /**
   * Starts the client and serves it rightly, unless that was done before.
   *
   * @throws Undecided if it fails with a right server: then nothing can be told of a wrong one
   */
  Talk with(TcpClientScene scene) throws Violation, Undecided, InterruptedException {
    awaitTurn(scene);
    try {
      Talk known = talk;
      if (known == null) {
        if (failure != null) {
          throw failure;
        }
        known = rehearse(scene);
        talk = known;
      }
      return known;
    } catch (Violation e) {
      // Where the scene has little patience the client was too late in several cases before.
      boolean hopeless = scene.limits().patience().compareTo(Limits.IN_TIME) <= 0;
      failure = e.missed() != null && hopeless ? e : null;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** The log tells that the case goes on: waiting here is no slowness of the client. */
  private void awaitTurn(TcpClientScene scene) throws InterruptedException {
    if (lock.tryLock()) {
      return;
    }
    long lookNanos = scene.limits().deadline().dividedBy(LOOKS_PER_DEADLINE).toNanos();
    scene.waitsForAnother(true);
    try {
      do {
        scene.log().event("checker", "waits for what another case finds out about the client");
      } while (!lock.tryLock(lookNanos, TimeUnit.NANOSECONDS));
    } finally {
      scene.waitsForAnother(false);
    }
    scene.log().event("checker", "has waited, and begins");
  }

  private static Talk rehearse(TcpClientScene scene)
      throws Violation, Undecided, InterruptedException {
    scene.start();
    scene.accept();
    TcpEchoing echoing = TcpEchoing.serve(scene, TcpEchoing.right());
    int status = ClientSteps.exitStatus(scene, scene.limits().patience());
    if (status != 0) {
      throw Undecided.inconclusive(
          "it ended with exit status %d when everything came back, so that its failing tells nothing"
                  .formatted(status)
              + ClientSteps.words(scene));
    }
    scene.forget();
    return new Talk(echoing.bytes());
  }
}
