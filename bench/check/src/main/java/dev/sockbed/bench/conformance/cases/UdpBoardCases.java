package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.UdpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.open;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.BoardCaller;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.client.device.BoardSettings;
import dev.sockbed.client.device.Ending;
import dev.sockbed.client.device.Summary;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;

/**
 * What a server must stand of boards over UDP, if it sends back what it gets. A talk in which a
 * datagram is lost stops; it is begun again, and not before another client was answered.
 *
 * @see TcpBoardCases
 */
final class UdpBoardCases {
  private static final String FIRST = "board 1";
  private static final String SECOND = "board 2";

  /** With the prefix in front, it is soon longer than a receive. */
  private static final String LONG_GREETING = "Hello 01Studio! ".repeat(8);

  private static final int ANSWERS = 4;

  /** Its greeting comes back, and then its answers do. */
  private static final int EXCHANGES = 1 + ANSWERS;

  /** Beside a talk that stopped. */
  private static final int CONTROLS = 10;

  private static final int MOST_TALKS = 8;

  /** So many in a row beside which nothing else was answered either, and it is not the network. */
  private static final int DEAF = 2;

  private final BoardProfile profile;

  private UdpBoardCases(BoardProfile profile) {
    this.profile = profile;
  }

  static List<Case<UdpServerScene>> of(Protocol protocol, BoardProfile profile) {
    CaseList<UdpServerScene> list = new CaseList<>(protocol, Role.SERVER, Transport.UDP);
    new UdpBoardCases(profile).addTo(list);
    return list.cases();
  }

  private void addTo(CaseList<UdpServerScene> list) {
    list.add(
        "echo/udp/1.1",
        "board-talk",
        "a board greets, and answers what comes back",
        open(A),
        start(FIRST, BoardSettings.DEFAULT_GREETING),
        expectTalk(FIRST));
    list.add(
        "echo/udp/1.3",
        "board-over-limit",
        "a board whose answers are longer than a receive",
        open(A),
        start(FIRST, LONG_GREETING),
        expectTalk(FIRST));
    list.add(
        "echo/udp/2.1",
        "two-boards",
        "two boards greet differently",
        open(A),
        start(FIRST, "Hello, I am the first!"),
        start(SECOND, "And I am the second."),
        expectTalk(FIRST),
        expectTalk(SECOND));
  }

  private Step<UdpServerScene> start(String who, String text) {
    String greeting = BoardSteps.greeting(profile, text);
    return new Step<>(
        "%s, with the habits of %s, sends a greeting of %,d bytes"
            .formatted(who, profile.label(), greeting.length()),
        scene -> scene.boards().start(who, profile, greeting, ANSWERS));
  }

  private Step<UdpServerScene> expectTalk(String who) {
    return new Step<>(
        who + " answers " + ANSWERS + " times; each receive is a datagram that it sent",
        scene -> {
          long start = System.nanoTime();
          StoppedTalks stopped = new StoppedTalks(EXCHANGES);
          while (!finished(scene, who)) {
            stopped.add(CONTROLS, scene.caller(A).answeredOf(CONTROLS));
            boolean late =
                System.nanoTime() - start >= scene.limits().patience().toNanos()
                    || stopped.talks() == MOST_TALKS
                    || (stopped.talks() == DEAF && stopped.lost() == stopped.controls());
            if (late || stopped.isNoLoss()) {
              throwStopped(scene, who, stopped);
            }
            scene
                .boards()
                .start(who, profile, scene.boards().get(who).settings().greeting(), ANSWERS);
          }
        });
  }

  private static void throwStopped(UdpServerScene scene, String who, StoppedTalks stopped)
      throws Violation, Undecided {
    String what =
        "%s, and so it did %d times"
            .formatted(BoardSteps.stopped(scene.boards().get(who), once(scene)), stopped.talks());
    if (stopped.lost() == stopped.controls()) {
      throw Violation.late(
          what + ", and none of %d others was answered".formatted(stopped.controls()), once(scene));
    }
    if (scene.limits().lossless() && stopped.lost() > 0) {
      throw Violation.of(
          what
              + ", and %d of %d others were not answered either: nothing is lost on this machine but by the server"
                  .formatted(stopped.lost(), stopped.controls()));
    }
    if (stopped.lost() > 0 && !stopped.isNoLoss()) {
      throw Undecided.inconclusive(
          what
              + ", but of %d others %d were not answered either: the network loses too much"
                  .formatted(stopped.controls(), stopped.lost()));
    }
    throw Violation.late(what + ", while others were answered", once(scene));
  }

  private boolean finished(UdpServerScene scene, String who)
      throws Violation, InterruptedException {
    BoardCaller board = scene.boards().get(who);
    Summary summary = BoardSteps.awaitEnd(board, once(scene));
    int limit = Math.min(Answers.LONGEST, scene.limits().receiveLimit());
    new BoardTalk(board.settings().greeting(), board.received()).checkDatagrams(limit, profile);
    return summary != null && summary.ending() == Ending.ENOUGH_REPLIES;
  }

  private static Duration once(UdpServerScene scene) {
    return scene.limits().once();
  }
}
