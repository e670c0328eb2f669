package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays an echo server to a client: to all of its connections, after and beside each other, until
 * it has ended. Each connection is closed when the client has closed its side and has everything
 * back, as the protocol demands of a server.
 */
final class TcpEchoing {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

  /** A client whose end can't be seen is taken to have ended when nothing comes for so long. */
  private static final Duration SEEMS_ENDED = Duration.ofSeconds(2);

  /** So much goes back at a time: a client that does not read leaves it with its thread. */
  private static final int PART_BYTES = 16 << 10;

  private final TcpClientScene scene;
  private final Answer answer;
  private final List<Thread> threads = new ArrayList<>();

  private final AtomicLong bytes = new AtomicLong();

  private TcpEchoing(TcpClientScene scene, Answer answer) {
    this.scene = scene;
    this.answer = answer;
  }

  /** What goes back for some bytes. */
  @FunctionalInterface
  interface Answer {
    /**
     * Sends something for them.
     *
     * @param at how many bytes the client has sent before, on all connections together
     * @return whether to go on with that connection
     */
    boolean send(TcpCheckPeer peer, byte[] bytes, long at) throws Violation, InterruptedException;
  }

  /**
   * Serves a client of which the first connection is accepted.
   *
   * @throws Violation if it sends nothing at all, or stands still and does not close
   */
  static TcpEchoing serve(TcpClientScene scene, Answer answer)
      throws Violation, InterruptedException {
    TcpEchoing echoing = new TcpEchoing(scene, answer);
    echoing.begin(scene.peer());
    echoing.serveUntilItEnds();
    return echoing;
  }

  private void serveUntilItEnds() throws Violation, InterruptedException {
    boolean visible = scene.subject().endsVisibly();
    while (true) {
      TcpCheckPeer next = scene.acceptWithin(LOOK);
      if (next != null) {
        begin(next);
      } else if (visible ? scene.running().awaitExit(Duration.ZERO) != null : seemsEnded()) {
        break;
      } else if (visible || threads.stream().anyMatch(Thread::isAlive)) {
        checkGoesOn();
      }
    }
    TcpCheckPeer last;
    while ((last = scene.acceptWithin(LOOK)) != null) {
      begin(last);
    }
    for (Thread each : threads) {
      each.join(LAST_MOMENT);
    }
    if (bytes() == 0) {
      throw sentNothing(scene);
    }
  }

  private boolean seemsEnded() {
    return threads.stream().noneMatch(Thread::isAlive)
        && System.nanoTime() - scene.log().lastNanos() > SEEMS_ENDED.toNanos();
  }

  private void checkGoesOn() throws Violation {
    Duration patience = scene.limits().patience();
    if (System.nanoTime() - scene.log().lastNanos() > patience.toNanos()) {
      throw bytes() == 0
          ? sentNothing(scene)
          : Violation.late("its echo is whole, and it neither sends more nor closes", patience);
    }
  }

  static Violation sentNothing(TcpClientScene scene) {
    TcpEnd end = scene.peer().end();
    return end == null
        ? Violation.late("it sent nothing", scene.limits().patience())
        : Violation.of("it sent nothing and closed (" + end.label() + ")");
  }

  private void begin(TcpCheckPeer peer) {
    threads.add(ThreadKind.VIRTUAL.start("sockbed-check-echo", () -> talk(peer)));
  }

  private void talk(TcpCheckPeer peer) {
    try {
      byte[] part = peer.receiveSome(PART_BYTES, LONGEST_SILENCE);
      while (part.length > 0 && answer.send(peer, part, bytes.getAndAdd(part.length))) {
        part = peer.receiveSome(PART_BYTES, LONGEST_SILENCE);
      }
    } catch (Violation broken) {
      // Its exit status tells what that was.
      peer.note("not all echoes were sent: " + broken.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    peer.halfClose();
  }

  /** How many bytes the client has sent. */
  long bytes() {
    return bytes.get();
  }

  /** All that comes goes back at once. */
  static Answer right() {
    return (peer, bytes, _) -> {
      peer.send(bytes);
      return true;
    };
  }

  /** The first bytes go back slowly or in small pieces; a long stream would take too long so. */
  static Answer inPieces(int pieceBytes, Duration pause, int slowBytes) {
    return (peer, bytes, at) -> {
      int slow = Math.clamp(slowBytes - at, 0, bytes.length);
      for (int from = 0; from < slow; from += pieceBytes) {
        peer.send(Arrays.copyOfRange(bytes, from, Math.min(from + pieceBytes, slow)));
        if (!pause.isZero()) {
          Thread.sleep(pause);
        }
      }
      if (slow < bytes.length) {
        peer.send(Arrays.copyOfRange(bytes, slow, bytes.length));
      }
      return true;
    };
  }
}
