package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.cases.Rehearsal.Talk;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a wrong server does to a TCP client somewhere in its talk, where that is known from a talk
 * with a right one.
 *
 * @see TcpClientSteps
 */
final class TcpDamage {
  private static final int CASE_BIT = 0x20;

  private TcpDamage() {}

  /** One bit of one byte is another; all other bytes are right. */
  static Step<TcpClientScene> changeByte(String where, ToLongFunction<Talk> place) {
    return damaging(
        "everything goes back, but for a bit of " + where,
        place,
        (peer, bytes, at) -> {
          byte[] changed = bytes.clone();
          changed[at] ^= 1;
          peer.send(changed);
          return true;
        });
  }

  /** From there on nothing goes back, and the stream ends in good order. */
  static Step<TcpClientScene> endBefore(String where, ToLongFunction<Talk> place) {
    return damaging(
        "everything goes back up to " + where + ", and then the stream ends (FIN)",
        place,
        (peer, bytes, at) -> {
          peer.send(Arrays.copyOf(bytes, at));
          return false;
        });
  }

  /** From there on nothing goes back, and the connection is broken off. */
  static Step<TcpClientScene> breakOffBefore(String where, ToLongFunction<Talk> place) {
    return damaging(
        "everything goes back up to " + where + ", and then the connection is broken off (RST)",
        place,
        (peer, bytes, at) -> {
          peer.send(Arrays.copyOf(bytes, at));
          peer.reset();
          return false;
        });
  }

  /** All letters go back as their counterparts in upper or lower case. */
  static Step<TcpClientScene> changeCase() {
    return new Step<>(
        "everything goes back, with upper case for lower case letters and the other way round",
        scene -> {
          AtomicBoolean changed = new AtomicBoolean();
          start(scene);
          TcpEchoing.serve(
              scene,
              (peer, bytes, _) -> {
                byte[] other = bytes.clone();
                for (int i = 0; i < other.length; i++) {
                  if (isLetter(other[i])) {
                    other[i] ^= CASE_BIT;
                    changed.set(true);
                  }
                }
                peer.send(other);
                return true;
              });
          if (!changed.get()) {
            throw Undecided.skipped("the client sends no letters");
          }
        });
  }

  private static boolean isLetter(byte value) {
    int lower = value | CASE_BIT;
    return lower >= 'a' && lower <= 'z';
  }

  /** One byte more than was sent follows the first piece, so that all later ones are displaced. */
  static Step<TcpClientScene> addByte() {
    return new Step<>(
        "everything goes back, and one byte too many behind the first piece",
        scene -> {
          AtomicReference<@Nullable TcpCheckPeer> displaced = new AtomicReference<>();
          AtomicBoolean more = new AtomicBoolean();
          start(scene);
          TcpEchoing.serve(
              scene,
              (peer, bytes, at) -> {
                if (displaced.get() == peer) {
                  more.set(true);
                }
                if (at == 0) {
                  displaced.set(peer);
                }
                peer.send(at == 0 ? Arrays.copyOf(bytes, bytes.length + 1) : bytes);
                return true;
              });
          if (!more.get()) {
            throw Undecided.skipped(
                "the client sends one message on a connection, and need not look what follows its"
                    + " echo");
          }
        });
  }

  private static void start(TcpClientScene scene)
      throws Violation, Undecided, InterruptedException {
    scene.leaveTheEndUnjudged(); // One that finds a byte changed has no reason to read the rest.
    scene.start();
    scene.accept();
  }

  private static Step<TcpClientScene> damaging(
      String text, ToLongFunction<Talk> place, Damage damage) {
    return new Step<>(
        text,
        scene -> {
          Talk talk = scene.rehearsal().with(scene);
          long target = place.applyAsLong(talk);
          AtomicBoolean done = new AtomicBoolean();
          start(scene);
          TcpEchoing echoing =
              TcpEchoing.serve(
                  scene,
                  (peer, bytes, at) -> {
                    if (target < at || target >= at + bytes.length) {
                      peer.send(bytes);
                      return true;
                    }
                    done.set(true);
                    return damage.send(peer, bytes, (int) (target - at));
                  });
          if (!done.get()) {
            throw Undecided.inconclusive(
                "it sent %,d bytes this time and %,d to a right server: there was nothing to damage"
                    .formatted(echoing.bytes(), talk.bytes()));
          }
        });
  }

  /** What is done to the piece that holds the place. */
  @FunctionalInterface
  private interface Damage {
    boolean send(TcpCheckPeer peer, byte[] bytes, int at) throws Violation, InterruptedException;
  }
}
