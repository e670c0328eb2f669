package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.UdpClientSteps.echoAll;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.reply;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.serve;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.serveAll;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a server that changes datagrams does to a UDP client.
 *
 * @see TcpDamage
 */
final class UdpDamage {
  private UdpDamage() {}

  static Step<UdpClientScene> echoChanged() {
    return serve(
        "every datagram goes back with a bit of its last byte changed",
        (scene, came) -> reply(scene, came, changed(came.bytes())));
  }

  static Step<UdpClientScene> echoShortened() {
    return serve(
        "every datagram goes back without its last byte",
        (scene, came) -> {
          byte[] bytes = came.bytes();
          if (bytes.length > 0) {
            reply(scene, came, Arrays.copyOf(bytes, bytes.length - 1));
          }
        });
  }

  /** The first datagram's echoes are right. */
  static Step<UdpClientScene> echoLaterOnesChanged() {
    return new Step<>(
        "the first datagram comes back, all others come back with a bit of their last byte changed",
        scene -> {
          byte[] first = scene.first().bytes();
          damage(scene, came -> !Arrays.equals(came, first), UdpDamage::changed);
        });
  }

  /** The client is heard once with a right server, so that it is known which is its last. */
  static Step<UdpClientScene> echoLastOneChanged() {
    return new Step<>(
        "everything comes back, and when the client is started again all but its last datagram",
        scene -> {
          int distinct = distinct(echoAll(scene));
          scene.startAgain();
          scene.awaitFirst();
          Set<ByteBuffer> seen = new HashSet<>();
          damage(
              scene,
              came -> {
                seen.add(ByteBuffer.wrap(came));
                return distinct > 1 && seen.size() >= distinct;
              },
              UdpDamage::changed);
        });
  }

  static Step<UdpClientScene> echoInOtherCase() {
    return new Step<>(
        "datagrams come back with upper case for lower case letters and the other way round",
        scene ->
            damage(scene, came -> !Arrays.equals(came, inOtherCase(came)), UdpDamage::inOtherCase));
  }

  private static int distinct(List<Datagram> datagrams) {
    return (int) datagrams.stream().map(each -> ByteBuffer.wrap(each.bytes())).distinct().count();
  }

  /** Echoes all, but changes some. */
  private static void damage(
      UdpClientScene scene, Predicate<byte[]> which, UnaryOperator<byte[]> change)
      throws Violation, Undecided, InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    serveAll(
        scene,
        (there, came) -> {
          boolean changes = which.test(came.bytes());
          done.compareAndSet(false, changes);
          reply(there, came, changes ? change.apply(came.bytes()) : came.bytes());
        });
    if (!done.get()) {
      throw Undecided.skipped("the client sends nothing of the kind that is to be changed");
    }
  }

  private static byte[] inOtherCase(byte[] bytes) {
    byte[] other = bytes.clone();
    for (int i = 0; i < other.length; i++) {
      int lower = other[i] | 0x20;
      if (lower >= 'a' && lower <= 'z') {
        other[i] ^= 0x20;
      }
    }
    return other;
  }

  private static byte[] changed(byte[] bytes) {
    byte[] other = bytes.length == 0 ? new byte[1] : bytes.clone();
    other[other.length - 1] ^= 1;
    return other;
  }
}
