package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a case does to a UDP echo server. What stays unanswered is asked again.
 *
 * @see TcpServerSteps
 */
final class UdpServerSteps {
  static final String A = "A";
  static final String B = "B";

  /** As long as a hundred exchanges take on a network of one's own, and more. */
  private static final long SOON_NANOS = 2_000_000_000L;

  private static final int CONTROLS = 10;

  /** A server that has lost so many loses more, and each costs a wait. */
  private static final int MANY_LOST = 3;

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

  /**
   * One after the other, each alone, for as long as a quick server needs; of a slow one's only
   * every eighth after that. On a machine of one's own nothing is lost on the way.
   */
  static Step<UdpServerScene> askAll(String text, List<Payload> payloads) {
    return new Step<>(
        text,
        scene -> {
          UdpCaller caller = scene.caller(A);
          long start = System.nanoTime();
          List<byte[]> asked = new ArrayList<>();
          for (int i = 0; i < payloads.size(); i++) {
            if (i % 8 == 0 || System.nanoTime() - start < SOON_NANOS) {
              asked.add(payloads.get(i).bytes());
              caller.ask(payloads.get(i).bytes());
            }
          }
          int lost = scene.limits().lossless() ? caller.unanswered(asked) : 0;
          if (lost > 0) {
            throw Violation.late(
                "it did not answer %d of %d datagrams that were sent one at a time, and on this machine nothing is lost on the way"
                    .formatted(lost, asked.size() + lost),
                scene.limits().once());
          }
        });
  }

  /** All at once, then all the answers, in any order; what stays unanswered is asked again. */
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

  /** All at once, twice if not all are answered; and then as many one at a time. */
  static Step<UdpServerScene> expectWholeBurst(List<Payload> payloads) {
    return new Step<>(
        "A sends " + payloads.size() + " datagrams at once and gets each answer",
        scene -> {
          UdpCaller caller = scene.caller(A);
          List<byte[]> all = payloads.stream().map(Payload::bytes).toList();
          int first = caller.answeredOfBurst(all);
          int second = first == all.size() ? first : caller.answeredOfBurst(all);
          int most = Math.max(first, second);
          if (most == all.size()) {
            return;
          }
          int single = 0;
          for (int i = 0; i < CONTROLS; i++) {
            single += caller.answeredOf(1);
          }
          if (single < CONTROLS && !scene.limits().lossless()) {
            throw Undecided.inconclusive(
                "of %d datagrams at once %d were answered, but of %d that were sent one at a time only %d: the network loses some"
                    .formatted(all.size(), most, CONTROLS, single));
          }
          throw Violation.of(
              "it answers at most %d of a burst of %d (%d and %d were answered), and %d of %d that are sent one at a time: its queue is short"
                  .formatted(most, all.size(), first, second, single, CONTROLS));
        });
  }

  /** Some stacks put no fragments together, or not so many: their program never sees the rest. */
  static Step<UdpServerScene> askLongest(Payload unfragmented, Payload longest) {
    return new Step<>(
        "A sends " + longest.name() + " and gets the answer",
        scene -> {
          UdpCaller caller = scene.caller(A);
          caller.ask(caller.control()); // A first one may be lost for being the first.
          if (caller.carries(longest.length())) {
            return;
          }
          int carried = unfragmented.length();
          if (!caller.carries(carried)) {
            caller.ask(longest.bytes());
            return;
          }
          int not = longest.length();
          while (not - carried > 1) {
            int middle = (carried + not) / 2;
            if (caller.carries(middle)) {
              carried = middle;
            } else {
              not = middle;
            }
          }
          throw Undecided.inconclusive(
              "datagrams of up to %,d bytes are answered, cut to the limit, longer ones are not at all: so it is where a stack puts no fragments together (1,472 bytes), or only some (lwIP: 4,989 or 7,392), and its program never sees the rest"
                  .formatted(carried));
        });
  }

  /**
   * Late each time; a machine that stands still for a moment is late once. Where datagrams are
   * lost, one that is asked again is in time if that answer is.
   */
  static Step<UdpServerScene> expectInTime() {
    return new Step<>(
        "A sends a datagram, again after one and two seconds if it has no answer, and gets one of"
            + " these in time; and then so once more",
        scene -> {
          boolean first = isInTime(scene);
          if (!first || !isInTime(scene)) { // One may be quick once.
            scene.late();
            throw Violation.late(
                "none of three answers came within %,d ms".formatted(Limits.IN_TIME.toMillis()),
                Limits.IN_TIME);
          }
        });
  }

  private static boolean isInTime(UdpServerScene scene)
      throws Violation, Undecided, InterruptedException {
    return scene.limits().lossless()
        ? scene.caller(A).isInTime(3, Duration.ofSeconds(1), Limits.IN_TIME)
        : isInTimeThoughSomeAreLost(scene.caller(A));
  }

  private static boolean isInTimeThoughSomeAreLost(UdpCaller caller)
      throws Violation, Undecided, InterruptedException {
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      caller.ask(caller.control());
      if (System.nanoTime() - start <= Limits.IN_TIME.toNanos()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Each from a port of its own: a table of peers has an end, and a peer may move. As many as a
   * quick server answers soon; of a slow one at least so many.
   */
  static Step<UdpServerScene> askFromManyPorts(int least, int most) {
    return new Step<>(
        "%d clients, one after the other, each from a port of its own, get an answer (of a slow server %d)"
            .formatted(most, least),
        scene -> {
          long start = System.nanoTime();
          int lost = 0;
          int asked = 0;
          while (lost < MANY_LOST
              && (asked < least || (asked < most && System.nanoTime() - start < SOON_NANOS))) {
            UdpCaller caller = scene.open("P");
            byte[] control = caller.control();
            caller.ask(control);
            asked++;
            lost += scene.limits().lossless() && caller.unanswered(List.of(control)) > 0 ? 1 : 0;
            scene.leave("P");
          }
          if (lost > 0) {
            throw Violation.late(
                "it did not answer the first datagram of %d of %d clients, and on this machine nothing is lost on the way"
                    .formatted(lost, asked),
                scene.limits().once());
          }
        });
  }

  /**
   * A server that keeps a port for each address sends the answer to the one that it knows. Where
   * each address of a network is this machine's own, the client has one that no case has had.
   */
  static Step<UdpServerScene> askAndMove() {
    return new Step<>(
        "A sends a datagram from one port, then from another, and gets each answer where it asked",
        scene -> {
          scene.openElsewhere(A);
          scene.caller(A).ask(scene.caller(A).control());
          scene.openBeside(B, A);
          scene.caller(B).ask(scene.caller(B).control());
          scene.caller(A).expectNothingElse(Duration.ZERO);
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
}
