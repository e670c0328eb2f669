package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.BoardCaller;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.client.device.BoardSettings;
import dev.sockbed.client.device.Ending;
import dev.sockbed.client.device.Summary;
import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What is seen of a server by the boards that call it, over either transport. */
final class BoardSteps {
  private BoardSteps() {}

  /** How long a board with its pauses may take, if the server takes as long as it may once. */
  static Duration patience(BoardCaller board, Duration once) {
    BoardSettings settings = board.settings();
    Duration turn = settings.pause().plus(settings.profile().collecting());
    return once.plus(turn.multipliedBy(settings.count()));
  }

  /**
   * What a board greets with so that its talk with a server that sends everything back begins: a
   * board that waits for a whole receive greets with as much.
   */
  static String greeting(BoardProfile profile, String text) {
    int missing = profile.waitsForAll() ? Math.max(0, Answers.LONGEST - text.length()) : 0;
    return text + ".".repeat(missing);
  }

  /**
   * Waits for the end of a board's talk.
   *
   * @return what it did, or null if it is still at it
   */
  static @Nullable Summary awaitEnd(BoardCaller board, Duration once)
      throws Violation, InterruptedException {
    return endWithin(board, patience(board, once));
  }

  /** What it did, or null if it is still at it. */
  static @Nullable Summary endSoFar(BoardCaller board) throws Violation, InterruptedException {
    return endWithin(board, Duration.ZERO);
  }

  private static @Nullable Summary endWithin(BoardCaller board, Duration within)
      throws Violation, InterruptedException {
    try {
      return board.awaitEnd(within);
    } catch (ExecutionException e) {
      String why =
          e.getCause() instanceof SocketFailure failure
              ? failure.error().meaning()
              : String.valueOf(e.getCause());
      throw Violation.of("the board could not connect: " + why);
    }
  }

  /**
   * Makes sure that the board ended by itself, or did not end.
   *
   * @throws Violation if the server ended the connection, as far as this board notices
   */
  static void checkNotEnded(BoardCaller board, @Nullable Summary summary) throws Violation {
    checkNotClosed(board);
    if (summary != null && summary.ending() != Ending.ENOUGH_REPLIES) {
      throw Violation.of(ended(board, summary));
    }
  }

  private static String ended(BoardCaller board, Summary summary) {
    if (summary.ending() == Ending.NOT_TEXT) {
      return "the board ended after %d of %d answers: %s"
          .formatted(summary.replies(), board.settings().count(), summary.ending().reason());
    }
    SocketFailure failure = summary.failure();
    String how = failure == null ? summary.ending().reason() : failure.error().meaning();
    return "it ended the connection after %d of %d answers (%s)%s"
        .formatted(
            summary.replies(), board.settings().count(), how, habit(board.settings().profile()));
  }

  /** A receive of no bytes is how the lesson's program sees a close. */
  private static void checkNotClosed(BoardCaller board) throws Violation {
    List<byte[]> received = board.received();
    int empty = (int) received.stream().filter(receive -> receive.length == 0).count();
    if (empty > 0) {
      throw Violation.of(
          "it ended the connection after %d answers%s, %d times"
              .formatted(received.size() - empty, habit(board.settings().profile()), empty));
    }
  }

  private static String habit(BoardProfile profile) {
    return switch (profile) {
      case LESSON -> "; the board did not notice, and sent 'I got:' again and again";
      case K230_A, K230_B -> "; the board did not notice before a send failed";
      case SOCKBED, LESSON_2, ESP32, RP2 -> "";
    };
  }

  /** Why a talk may have stopped without an end. */
  static String stopped(BoardCaller board, Duration once) {
    int answers = board.received().size();
    if (answers == 0) {
      return "nothing came back to the board's greeting within %d ms (an assistant can be judged when it sends back what it gets)"
          .formatted(patience(board, once).toMillis());
    }
    return "the talk stopped after %d of %d answers%s"
        .formatted(
            answers,
            board.settings().count(),
            board.settings().profile().collects()
                ? "; if it ended the connection, the board did not notice"
                : "");
  }
}
