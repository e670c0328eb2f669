package dev.sockbed.bench.conformance.cases;

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

  static Step<UdpClientScene> pause(Duration length) {
    return new Step<>(
        "the assistant is silent for " + length.toMillis() + " ms", _ -> Thread.sleep(length));
  }
}
