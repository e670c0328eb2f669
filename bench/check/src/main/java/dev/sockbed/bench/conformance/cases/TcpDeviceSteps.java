package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.ProcessorUse;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import java.time.Duration;
import java.util.Arrays;

/**
 * What an assistant does with a board over TCP.
 *
 * @see UdpDeviceSteps
 */
final class TcpDeviceSteps {
  /** A board is slow on purpose: so long may pass until it looks again. */
  private static final Duration ONE_PAUSE = Duration.ofSeconds(1);

  /** In time, and as much again and more for a busy network. */
  private static final Duration LATEST_GREETING = Duration.ofSeconds(5);

  private static final Duration LONGEST_UNTIL_CLOSED = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final int DOUBTFUL = 4;
  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(5);
  private static final Duration TIME_TO_END = Duration.ofSeconds(1);
  private static final Duration TIME_TO_REST = Duration.ofSeconds(2);
  private static final double BUSY_PART = 0.1;
  private static final Duration TOO_MUCH = TIME_TO_REST.dividedBy(10);
  private static final int LOOKS = 5;

  private TcpDeviceSteps() {}

  static Step<TcpClientScene> expectGreeting() {
    return new Step<>("the board sends 'Hello 01Studio!'", TcpDeviceSteps::greeting);
  }

  /** Late each time that it is started; a machine that stands still is late once. */
  static Step<TcpClientScene> expectGreetingInTime() {
    return new Step<>(
        "the board sends 'Hello 01Studio!' in time, in one of three starts",
        scene -> {
          long shortest = greeting(scene);
          boolean again = scene.subject().endsVisibly();
          for (int i = 1; again && i < 3 && shortest > Limits.IN_TIME.toNanos(); i++) {
            scene.forget();
            scene.start();
            scene.accept();
            shortest = Math.min(shortest, greeting(scene));
          }
          if (shortest > Limits.IN_TIME.toNanos()) {
            throw Violation.late(
                "the greeting came %,d ms after the connection".formatted(shortest / 1_000_000),
                Limits.IN_TIME);
          }
        });
  }

  /** Takes the greeting, and tells how long it took in nanoseconds. */
  private static long greeting(TcpClientScene scene) throws Violation, InterruptedException {
    long start = System.nanoTime();
    byte[] greeting = scene.peer().receive(Answers.GREETING.length, LATEST_GREETING);
    if (greeting.length < Answers.GREETING.length) {
      throw Violation.late(
          "no whole greeting came within " + LATEST_GREETING.toMillis() + " ms",
          Answers.GREETING,
          greeting,
          LATEST_GREETING);
    }
    if (!Arrays.equals(greeting, Answers.GREETING)) {
      throw Violation.of("the greeting is another", Answers.GREETING, greeting);
    }
    return System.nanoTime() - start;
  }

  static Step<TcpClientScene> expectSilence(Duration length) {
    return new Step<>(
        "the board sends nothing for " + length.toMillis() + " ms",
        scene -> {
          byte[] received = scene.peer().receiveSome(length);
          if (received.length > 0) {
            throw Violation.of("it sent what it was not asked for", new byte[0], received);
          }
        });
  }

  static Step<TcpClientScene> expectNoSecondGreeting(Duration length) {
    return new Step<>(
        "no second greeting comes within " + length.toMillis() + " ms",
        scene -> {
          byte[] received = scene.peer().receiveSome(length);
          if (received.length > 0) {
            throw Violation.of("something follows the greeting", new byte[0], received);
          }
        });
  }

  static Step<TcpClientScene> expectAnswer(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + "; the board answers all of it",
        scene -> {
          scene.peer().send(payload.bytes());
          answers(scene, payload);
        });
  }

  /** Writes follow each other at intervals, so that the board receives them one by one, or not. */
  static Step<TcpClientScene> expectAnswerToWrites(Payload payload, int bytes, Duration interval) {
    return new Step<>(
        "the assistant sends %s in writes of %d, %d ms apart; the board answers all of it"
            .formatted(payload.name(), bytes, interval.toMillis()),
        scene -> {
          for (int at = 0; at < payload.length(); at += bytes) {
            int end = Math.min(at + bytes, payload.length());
            scene.peer().send(Arrays.copyOfRange(payload.bytes(), at, end));
            Thread.sleep(interval);
          }
          answers(scene, payload);
        });
  }

  private static Answers answers(TcpClientScene scene, Payload payload)
      throws Violation, InterruptedException {
    Answers answers = new Answers(payload.bytes());
    TcpCheckPeer peer = scene.peer();
    while (!answers.complete()) {
      byte[] bytes = peer.receiveSome(scene.limits().patience());
      if (bytes.length == 0) {
        TcpEnd end = peer.end();
        if (end == null) {
          answers.requireComplete(scene.limits().patience());
        } else {
          answers.requireComplete(end);
        }
      }
      answers.add(bytes);
    }
    return answers;
  }

  /**
   * The last answer's pause is not seen, so one less counts than there are answers. Where they took
   * hardly longer than they should at least, a machine that stood still may have hidden that there
   * are no pauses: then it is asked again, for seconds, since a busy one stands still often. A
   * board that pauses never answers too soon.
   */
  static Step<TcpClientScene> expectPauses(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + "; there are pauses between the answers",
        scene -> {
          Duration doubtful = Duration.ZERO;
          Duration all = Duration.ZERO;
          long until = System.nanoTime() + LONGEST_DOUBT.toNanos();
          while (all.compareTo(doubtful) <= 0 && System.nanoTime() - until < 0) {
            long start = System.nanoTime();
            int pauses = answersAfterSending(scene, payload) - 1;
            if (pauses == 0) {
              throw Undecided.inconclusive("there was a single answer");
            }
            all = Duration.ofNanos(scene.peer().lastArrivalNanos() - start);
            if (all.compareTo(SHORTEST_PAUSE.multipliedBy(pauses)) < 0) {
              throw Violation.of("%d answers within %d ms".formatted(pauses + 1, all.toMillis()));
            }
            doubtful = SHORTEST_PAUSE.multipliedBy((long) DOUBTFUL * pauses);
          }
        });
  }

  /** By the longest time in which nothing came: a board may be slow, a byte at a time. */
  static Step<TcpClientScene> expectShortPauses(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + "; no second passes between the answers",
        scene -> {
          scene.peer().send(payload.bytes());
          Answers answers = new Answers(payload.bytes());
          Duration longest = Duration.ZERO;
          while (!answers.complete()) {
            long start = System.nanoTime();
            byte[] bytes = scene.peer().receiveSome(scene.limits().patience());
            if (bytes.length == 0) {
              answers.requireComplete(scene.limits().patience());
            }
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            longest = passed.compareTo(longest) > 0 ? passed : longest;
            answers.add(bytes);
          }
          if (longest.compareTo(ONE_PAUSE) > 0) {
            throw Violation.late("nothing came for %d ms".formatted(longest.toMillis()), ONE_PAUSE);
          }
        });
  }

  private static int answersAfterSending(TcpClientScene scene, Payload payload)
      throws Violation, InterruptedException {
    scene.peer().send(payload.bytes());
    return answers(scene, payload).count();
  }

  static Step<TcpClientScene> pause(Duration length) {
    return new Step<>(
        "the assistant is silent for " + length.toMillis() + " ms", _ -> Thread.sleep(length));
  }

  static Step<TcpClientScene> halfClose() {
    return new Step<>("the assistant closes (FIN)", scene -> scene.peer().halfClose());
  }

  static Step<TcpClientScene> expectClose() {
    return new Step<>(
        "the board closes, too",
        scene -> {
          if (scene.peer().awaitEnd(LONGEST_UNTIL_CLOSED) == null) {
            throw Violation.late(
                "it has not closed after " + LONGEST_UNTIL_CLOSED.toMillis() + " ms",
                LONGEST_UNTIL_CLOSED);
          }
        });
  }

  static Step<TcpClientScene> expectNoAnswerToTheEnd() {
    return new Step<>(
        "the board sends nothing more",
        scene -> {
          scene.peer().awaitEnd(ONE_PAUSE.plus(ONE_PAUSE));
          byte[] received = scene.peer().receiveSome(Duration.ZERO);
          if (received.length > 0) {
            throw Violation.of("it answered the end of the stream", new byte[0], received);
          }
        });
  }

  /** Everything that was sent is answered, and then the stream ends. */
  static Step<TcpClientScene> sendCloseAndExpectAnswers(Payload payload) {
    return new Step<>(
        "the assistant sends " + payload.name() + " and closes; the board answers all, then closes",
        scene -> {
          scene.peer().send(payload.bytes());
          scene.peer().halfClose();
          answers(scene, payload);
        });
  }

  static Step<TcpClientScene> breakOff() {
    return new Step<>("the assistant breaks off (RST)", scene -> scene.peer().reset());
  }

  /**
   * Connecting anew is as good as ending; turning round and round is neither. Where a busy machine
   * has let it do too little to tell, it is looked at longer.
   */
  static Step<TcpClientScene> expectEndOrRest() {
    return new Step<>(
        "the board ends, connects anew, or waits without using the processor",
        scene -> {
          if (endsOrConnects(scene, TIME_TO_END)) {
            return;
          }
          ProcessorUse before = scene.running().processorUse();
          for (int i = 0; i < LOOKS && before != null; i++) {
            boolean gone = endsOrConnects(scene, TIME_TO_REST);
            ProcessorUse after = scene.running().processorUse();
            if (gone || after == null || rests(before, after)) {
              return;
            }
          }
        });
  }

  private static boolean endsOrConnects(TcpClientScene scene, Duration within)
      throws InterruptedException {
    return scene.acceptWithin(within) != null || scene.running().awaitExit(Duration.ZERO) != null;
  }

  /**
   * On a busy machine a program that turns round and round gets only a part of a processor, so the
   * time in which it waits for one does not count as rest.
   *
   * @return false where it is too early to tell
   */
  static boolean rests(ProcessorUse before, ProcessorUse after) throws Violation {
    ProcessorUse.Stretch all = after.since(before);
    ProcessorUse.Stretch one = after.busiestSince(before).orElse(all);
    if (Math.max(all.busyPart(), one.busyPart()) <= BUSY_PART) {
      return true;
    }
    if (all.ran().compareTo(TOO_MUCH) > 0) {
      throw Violation.of(
          "it used the processor for %,d of %,d ms, and waited for it for %,d"
              .formatted(all.ran().toMillis(), all.length().toMillis(), one.waited().toMillis()));
    }
    return false;
  }
}
