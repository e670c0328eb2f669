package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What an assistant does with a board over UDP. A datagram that stays unanswered is sent again.
 *
 * @see TcpDeviceSteps
 */
final class UdpDeviceSteps {
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

  static Step<UdpClientScene> expectSilence(Duration length) {
    return new Step<>(
        "the board sends nothing more for " + length.toMillis() + " ms",
        scene -> scene.assistant().expectNothingElse(length));
  }

  static Step<UdpClientScene> expectAnswer(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + "; the board answers it",
        scene -> scene.assistant().ask(List.of(payload)));
  }

  static Step<UdpClientScene> expectAnswers(List<Payload> payloads) {
    return new Step<>(
        "the assistant sends " + payloads.size() + " datagrams at once; the board answers each",
        scene -> scene.assistant().ask(payloads));
  }

  /** Equal bytes are another message. */
  static Step<UdpClientScene> expectAnswerAgain(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + " again; the board answers it again",
        scene -> scene.assistant().askAgainFor(payload));
  }

  static Step<UdpClientScene> expectEachAnswer(List<Payload> payloads) {
    return new Step<>(
        "the assistant sends %d messages, one after the other; the board answers each"
            .formatted(payloads.size()),
        scene -> {
          for (Payload payload : payloads) {
            scene.assistant().ask(List.of(payload));
          }
        });
  }

  /** Late each time; what is lost once, or a machine that stands still, is late once. */
  static Step<UdpClientScene> expectAnswersInTime(Payload... payloads) {
    return new Step<>(
        "the assistant sends %d messages, one after the other; an answer comes in time"
            .formatted(payloads.length),
        scene -> {
          long shortest = Long.MAX_VALUE;
          for (Payload payload : payloads) {
            if (shortest > Limits.IN_TIME.toNanos()) {
              long start = System.nanoTime();
              scene.assistant().ask(List.of(payload));
              shortest = Math.min(shortest, System.nanoTime() - start);
            }
          }
          if (shortest > Limits.IN_TIME.toNanos()) {
            throw Violation.late(
                "each of %d answers took longer than %,d ms"
                    .formatted(payloads.length, Limits.IN_TIME.toMillis()),
                Limits.IN_TIME);
          }
        });
  }

  static Step<UdpClientScene> pause(Duration length) {
    return new Step<>(
        "the assistant is silent for " + length.toMillis() + " ms", _ -> Thread.sleep(length));
  }
}
