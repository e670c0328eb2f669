package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The assistant of a board over UDP, which knows what the board may answer, asks again what stays
 * unanswered, and tells silence from loss.
 *
 * @see UdpCaller
 */
final class UdpAssistant {
  private final UdpClientScene scene;

  /** Right answers, and how often each was asked for. */
  private final Map<ByteBuffer, Integer> asked = new HashMap<>();

  /** Read by others, too. */
  private final Map<ByteBuffer, Integer> answered = new ConcurrentHashMap<>();

  /** Messages that were not answered in time; read by others. */
  private final AtomicInteger unanswered = new AtomicInteger();

  private int controls;

  UdpAssistant(UdpClientScene scene) {
    this.scene = scene;
  }

  /** Sends messages at once, and asks again for those that are not answered. */
  void ask(List<Payload> messages) throws Violation, Undecided, InterruptedException {
    for (Payload message : messages) {
      send(message);
    }
    Payload first = messages.getFirst();
    ReceiveWindow window = window(scene.limits().patience().dividedBy(Silence.DEAF));
    while (!messages.stream().allMatch(this::isAnswered)) {
      Datagram came = window.next();
      if (came == null) {
        break;
      }
      check(came, first);
    }
    for (Payload message : messages) {
      if (!isAnswered(message)) {
        askAgain(message);
      }
    }
  }

  /** Sends a message that was answered before, until it is answered once more. */
  void askAgainFor(Payload message) throws Violation, Undecided, InterruptedException {
    ByteBuffer answer = answerTo(message);
    answered.remove(answer);
    asked.remove(answer);
    ask(List.of(message));
  }

  /** Sends a message until it is answered, and another beside it each time. */
  private void askAgain(Payload message) throws Violation, Undecided, InterruptedException {
    Silence silence = new Silence();
    while (true) {
      Payload control = Payload.text("control " + controls++);
      send(control);
      boolean controlAnswered = awaitAnswer(control);
      if (isAnswered(message)) {
        return;
      }
      silence.add(controlAnswered);
      unanswered.addAndGet(controlAnswered ? 1 : 2);
      complain(silence, message);
      send(message);
      if (awaitAnswer(message)) {
        return;
      }
    }
  }

  private void complain(Silence silence, Payload message) throws Violation, Undecided {
    String what = "%s, sent %d times, was not answered".formatted(message.name(), silence.tries());
    switch (silence.reading()) {
      case REFUSES ->
          throw Violation.of(
              what
                  + "; of %d others in between, %d were"
                      .formatted(silence.tries(), silence.controlsAnswered()));
      case DEAF ->
          throw Violation.late(what + ", nor was anything else", scene.limits().patience());
      case LOSSY ->
          throw Undecided.inconclusive(
              what
                  + ", but of others only %d were: the network loses too much"
                      .formatted(silence.controlsAnswered()));
      case UNKNOWN -> {}
    }
  }

  private void send(Payload message) throws Violation {
    asked.merge(answerTo(message), 1, Integer::sum);
    scene.peer().send(message.bytes(), scene.first().from());
  }

  /** Waits for one answer; others that come meanwhile are checked and kept. */
  private boolean awaitAnswer(Payload message) throws Violation, InterruptedException {
    ReceiveWindow window = window(scene.limits().patience().dividedBy(2 * Silence.DEAF));
    while (!isAnswered(message)) {
      Datagram came = window.next();
      if (came == null) {
        return false;
      }
      check(came, message);
    }
    return true;
  }

  private ReceiveWindow window(Duration length) {
    return new ReceiveWindow(length, scene::receive);
  }

  /** A late answer to an earlier message is not this one's, and no fault. */
  private void check(Datagram came, Payload awaited) throws Violation {
    ByteBuffer answer = ByteBuffer.wrap(came.bytes());
    if (!asked.containsKey(answer)) {
      throw Violation.of("its answer is another", answerTo(awaited).array(), came.bytes());
    }
    answered.merge(answer, 1, Integer::sum);
  }

  private boolean isAnswered(Payload message) {
    return answered.containsKey(answerTo(message));
  }

  private static ByteBuffer answerTo(Payload message) {
    int length = Math.min(message.length(), Answers.LONGEST);
    return ByteBuffer.wrap(Answers.to(Arrays.copyOf(message.bytes(), length)));
  }

  /** Makes sure that nothing comes for a while but an answer to what was asked more than once. */
  void expectNothingElse(Duration within) throws Violation, InterruptedException {
    ReceiveWindow window = window(within);
    Datagram came;
    while ((came = window.next()) != null) {
      ByteBuffer answer = ByteBuffer.wrap(came.bytes());
      int due = asked.getOrDefault(answer, 0) - answered.getOrDefault(answer, 0);
      if (due <= 0) {
        throw Violation.of("it sent what it was not asked for", new byte[0], came.bytes());
      }
      answered.merge(answer, 1, Integer::sum);
    }
  }

  /** Why it may be the network's doing if a case takes too long; null if nothing speaks for it. */
  @Nullable String excuse() {
    int lost = unanswered.get();
    return lost == 0 || answered.isEmpty()
        ? null
        : (lost == 1 ? "1 message was" : lost + " messages were")
            + " not answered in time, and others were: the network loses some";
  }
}
