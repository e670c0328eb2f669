package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an assistant does with a board over UDP. A datagram that stays unanswered is sent again.
 *
 * @see TcpDeviceSteps
 */
final class UdpDeviceSteps {
  /** One lost of these, and of a single other, is no sign of anything. */
  private static final int TRIES = 6;

  private UdpDeviceSteps() {}

  static Step<UdpClientScene> expectGreeting() {
    return new Step<>(
        "the board sends 'Hello 01Studio!'",
        scene -> {
          byte[] greeting = scene.awaitFirst().bytes();
          if (!Arrays.equals(greeting, Answers.GREETING)) {
            throw Violation.of("the greeting is another", Answers.GREETING, greeting);
          }
        });
  }

  /** A network may double one datagram, which then has no bytes of its own. */
  static Step<UdpClientScene> expectSilence(Duration length) {
    return new Step<>(
        "the board sends nothing more for " + length.toMillis() + " ms",
        scene -> {
          Datagram came = scene.receive(length);
          if (came != null) {
            throw Violation.of("it sent what it was not asked for", new byte[0], came.bytes());
          }
        });
  }

  static Step<UdpClientScene> expectAnswer(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + "; the board answers it",
        scene -> ask(scene, payload));
  }

  static Step<UdpClientScene> expectAnswers(List<Payload> payloads) {
    return new Step<>(
        "the assistant sends " + payloads.size() + " datagrams at once; the board answers each",
        scene -> {
          for (Payload payload : payloads) {
            scene.peer().send(payload.bytes(), board(scene));
          }
          Set<ByteBuffer> due = new HashSet<>();
          for (Payload payload : payloads) {
            scene.expect(answerTo(payload));
            due.add(ByteBuffer.wrap(answerTo(payload)));
          }
          awaitAll(scene, payloads, due);
        });
  }

  private static void awaitAll(UdpClientScene scene, List<Payload> payloads, Set<ByteBuffer> due)
      throws Violation, InterruptedException {
    while (!due.isEmpty()) {
      Datagram came = scene.receive(scene.limits().patience().dividedBy(TRIES));
      if (came == null) {
        break;
      }
      if (!scene.isExpected(came.bytes())) {
        throw Violation.of(
            "an answer to none of the datagrams", answerTo(payloads.getFirst()), came.bytes());
      }
      due.remove(ByteBuffer.wrap(came.bytes()));
    }
    for (Payload payload : payloads) {
      if (due.contains(ByteBuffer.wrap(answerTo(payload)))) {
        ask(scene, payload);
      }
    }
  }

  /** A late answer to an earlier datagram is not this one's, and no fault. */
  private static void ask(UdpClientScene scene, Payload payload)
      throws Violation, InterruptedException {
    byte[] right = answerTo(payload);
    scene.expect(right);
    Duration patience = scene.limits().patience().dividedBy(TRIES);
    for (int i = 0; i < TRIES; i++) {
      scene.peer().send(payload.bytes(), board(scene));
      Datagram came;
      while ((came = scene.receive(patience)) != null) {
        if (Arrays.equals(came.bytes(), right)) {
          return;
        }
        if (!scene.isExpected(came.bytes())) {
          throw Violation.of("its answer is another", right, came.bytes());
        }
      }
    }
    throw Violation.late(
        "%s, sent %d times, was not answered".formatted(payload.name(), TRIES),
        scene.limits().patience());
  }

  private static byte[] answerTo(Payload payload) {
    int length = Math.min(payload.length(), Answers.LONGEST);
    byte[] answer = Arrays.copyOf(Answers.PREFIX, Answers.PREFIX.length + length);
    System.arraycopy(payload.bytes(), 0, answer, Answers.PREFIX.length, length);
    return answer;
  }

  private static InetSocketAddress board(UdpClientScene scene) {
    return scene.first().from();
  }

  static Step<UdpClientScene> pause(Duration length) {
    return new Step<>(
        "the assistant is silent for " + length.toMillis() + " ms", _ -> Thread.sleep(length));
  }
}
