package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import java.util.List;

/**
 * What a case does to a UDP echo server. What stays unanswered is asked again.
 *
 * @see TcpServerSteps
 */
final class UdpServerSteps {
  static final String A = "A";
  static final String B = "B";

  private UdpServerSteps() {}

  static Step<UdpServerScene> open(String who) {
    return new Step<>(who + " opens a socket", scene -> scene.open(who));
  }

  static Step<UdpServerScene> ask(Payload payload) {
    return ask(A, payload);
  }

  static Step<UdpServerScene> ask(String who, Payload payload) {
    return new Step<>(
        who + " sends " + payload.name() + " and gets the answer",
        scene -> scene.caller(who).ask(payload.bytes()));
  }

  static Step<UdpServerScene> askEach(String text, List<Payload> payloads) {
    return new Step<>(
        text,
        scene -> {
          for (Payload payload : payloads) {
            scene.caller(A).ask(payload.bytes());
          }
        });
  }

  /** All at once, then all the answers, in any order. */
  static Step<UdpServerScene> burst(List<Payload> payloads) {
    return new Step<>(
        "A sends " + payloads.size() + " datagrams at once and gets each answer",
        scene -> {
          UdpCaller caller = scene.caller(A);
          for (Payload payload : payloads) {
            caller.send(payload.bytes());
          }
          for (Payload payload : payloads) {
            caller.expectEcho(payload.bytes());
          }
        });
  }

  static Step<UdpServerScene> send(String who, Payload payload) {
    return new Step<>(
        who + " sends " + payload.name(), scene -> scene.caller(who).send(payload.bytes()));
  }

  static Step<UdpServerScene> sendWhateverComes(String who, Payload payload) {
    return new Step<>(
        who + " sends " + payload.name() + ", and does not look at the answer",
        scene -> scene.caller(who).sendWhateverComes(payload.bytes()));
  }

  static Step<UdpServerScene> expectEcho(String who, Payload payload) {
    return new Step<>(
        who + " gets " + payload.name() + " back (and asks again if it does not)",
        scene -> scene.caller(who).expectEcho(payload.bytes()));
  }

  static Step<UdpServerScene> expectNothingElse(String who) {
    return new Step<>(who + " gets nothing else", scene -> scene.caller(who).expectNothingElse());
  }

  static Step<UdpServerScene> leave(String who) {
    return new Step<>(who + " closes its socket", scene -> scene.leave(who));
  }

  /** A network may double a datagram now and then, and hardly one after the other. */
  static Step<UdpServerScene> expectSingleAnswers(List<Payload> payloads) {
    return new Step<>(
        "A sends " + payloads.size() + " datagrams and gets each answer once",
        scene -> {
          UdpCaller caller = scene.caller(A);
          int doubled = 0;
          for (Payload payload : payloads) {
            int before = caller.surplus();
            caller.ask(payload.bytes());
            caller.expectNothingElse();
            doubled += caller.surplus() > before ? 1 : 0;
          }
          if (doubled > payloads.size() / 2) {
            throw Violation.of(
                "%d of %d datagrams were answered more than once"
                    .formatted(doubled, payloads.size()));
          }
        });
  }
}
