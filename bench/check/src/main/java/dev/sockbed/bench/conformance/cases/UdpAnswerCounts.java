package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.UdpServerSteps.A;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import java.time.Duration;
import java.util.List;

/**
 * How often a UDP echo server must answer: each datagram once, whatever came before it.
 *
 * @see UdpServerSteps
 */
final class UdpAnswerCounts {
  /** So many are enough where each takes a moment. */
  private static final int SOME = 5;

  /** As long as a hundred exchanges take on a network of one's own, and more. */
  private static final long SOON_NANOS = 2_000_000_000L;

  private UdpAnswerCounts() {}

  /** The same bytes again are another datagram, right behind the first and later. */
  static Step<UdpServerScene> expectEachOfEqual(Payload payload, int times) {
    return new Step<>(
        "A sends %s %d times, another in between, and gets as many answers"
            .formatted(payload.name(), times),
        scene -> {
          UdpCaller caller = scene.caller(A);
          for (int i = 0; i < times; i++) {
            if (i % (times / 2) == 0) {
              caller.ask(caller.control());
            }
            caller.send(payload.bytes());
            caller.unanswered(List.of(payload.bytes())); // Lets an answer come before the next.
          }
          caller.ask(caller.control());
          int unanswered = caller.unanswered(List.of(payload.bytes()));
          if (unanswered > (scene.limits().lossless() ? 0 : times / 2)) {
            throw Violation.of(
                "it did not answer %d of %d equal datagrams, and others in between it did"
                    .formatted(unanswered, times));
          }
        });
  }

  /**
   * A second answer may come late. A network may double a datagram, and hardly two of three; a
   * machine's own doubles none.
   */
  static Step<UdpServerScene> expectNoLaterAnswer(Duration within) {
    return new Step<>(
        "A sends 3 datagrams and gets no second answers within " + within.toMillis() + " ms",
        scene -> {
          UdpCaller caller = scene.caller(A);
          for (int i = 0; i < 3; i++) {
            caller.ask(caller.control());
          }
          caller.expectNothingElse(within);
          if (caller.surplus() > (scene.limits().lossless() ? 0 : 1)) {
            throw Violation.of(
                "%d of 3 datagrams were answered again within %d ms"
                    .formatted(caller.surplus(), within.toMillis()));
          }
        });
  }

  /** A network may double a datagram now and then, and hardly one after the other. */
  static Step<UdpServerScene> expectSingleAnswers(List<Payload> payloads) {
    return new Step<>(
        "A sends " + payloads.size() + " datagrams and gets each answer once",
        scene -> {
          UdpCaller caller = scene.caller(A);
          if (scene.limits().lossless()) {
            expectNoneTwice(caller, payloads);
            return;
          }
          int doubled = 0;
          List<Payload> some = payloads.subList(0, Math.min(payloads.size(), SOME));
          for (Payload payload : some) {
            int before = caller.surplus();
            caller.ask(payload.bytes());
            caller.expectNothingElse();
            doubled += caller.surplus() > before ? 1 : 0;
          }
          if (doubled > some.size() / 2) {
            throw Violation.of(
                "%d of %d datagrams were answered more than once".formatted(doubled, some.size()));
          }
        });
  }

  /** On this machine nothing is doubled on the way. Of a slow server's some are enough. */
  private static void expectNoneTwice(UdpCaller caller, List<Payload> payloads)
      throws Violation, Undecided, InterruptedException {
    long start = System.nanoTime();
    int asked = 0;
    while (asked < payloads.size() && (asked < SOME || System.nanoTime() - start < SOON_NANOS)) {
      caller.ask(payloads.get(asked++).bytes());
    }
    caller.expectNothingElse();
    if (caller.surplus() > 0) {
      throw Violation.of(
          "%d of %d datagrams were answered more than once".formatted(caller.surplus(), asked));
    }
  }
}
