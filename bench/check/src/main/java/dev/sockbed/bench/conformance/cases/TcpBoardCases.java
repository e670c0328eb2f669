package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.B;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connect;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.send;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.BoardCaller;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.client.device.BoardSettings;
import dev.sockbed.client.device.Summary;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;

/**
 * What a server must stand of boards over TCP, if it sends back what it gets.
 *
 * @see UdpBoardCases
 */
final class TcpBoardCases {
  private static final Payload HELLO = Payload.text("hello server");
  private static final String FIRST = "board 1";
  private static final String SECOND = "board 2";

  /** Eight receives of a board's: it is at it for a while, with more to come. */
  private static final String LONG_GREETING =
      "Hello 01Studio! This board has much to say. ".repeat(25);

  private static final int ANSWERS = 8;

  /** More than a board sends in one case. */
  private static final int WITHOUT_END = Integer.MAX_VALUE;

  private final BoardProfile profile;

  private TcpBoardCases(BoardProfile profile) {
    this.profile = profile;
  }

  static List<Case<TcpServerScene>> of(Protocol protocol, BoardProfile profile) {
    CaseList<TcpServerScene> list = new CaseList<>(protocol, Role.SERVER, Transport.TCP);
    new TcpBoardCases(profile).addTo(list);
    return list.cases();
  }

  private void addTo(CaseList<TcpServerScene> list) {
    list.add(
        "echo/tcp/1.1",
        "board-talk",
        "a board greets, and answers what comes back",
        start(FIRST, BoardSettings.DEFAULT_GREETING),
        expectTalk(FIRST));
    list.add(
        "echo/tcp/1.7",
        "board-pace",
        "more waits for a board than it takes at once",
        start(FIRST, LONG_GREETING),
        expectTalk(FIRST));
    list.add(
        "echo/tcp/2.2",
        "board-beside",
        "another client is served while a board takes its time",
        start(FIRST, LONG_GREETING, WITHOUT_END),
        expectReceive(FIRST),
        connect(B),
        send(B, HELLO),
        expectEcho(B),
        send(B, Payload.pattern(300)),
        expectEcho(B),
        expectTalkGoesOn(FIRST));
    list.add(
        "echo/tcp/2.3",
        "two-boards",
        "two boards greet differently",
        start(FIRST, "Hello, I am the first!"),
        start(SECOND, "And I am the second."),
        expectTalk(FIRST),
        expectTalk(SECOND));
    list.add(
        "echo/tcp/2.5",
        "board-switched-off",
        "a board is switched off with bytes unread, another comes",
        start(FIRST, LONG_GREETING),
        expectReceive(FIRST),
        new Step<>("it is switched off", scene -> scene.boards().get(FIRST).close()),
        start(SECOND, BoardSettings.DEFAULT_GREETING),
        expectTalk(SECOND));
  }

  private Step<TcpServerScene> start(String who, String greeting) {
    return start(who, greeting, ANSWERS);
  }

  private Step<TcpServerScene> start(String who, String text, int answers) {
    String greeting = BoardSteps.greeting(profile, text);
    return new Step<>(
        "%s connects, with the habits of %s, and sends a greeting of %,d bytes"
            .formatted(who, profile.label(), greeting.length()),
        scene -> scene.boards().start(who, profile, greeting, answers));
  }

  private static Step<TcpServerScene> expectTalk(String who) {
    return new Step<>(
        who + " answers " + ANSWERS + " times; what it received is what it sent",
        scene -> {
          BoardCaller board = scene.boards().get(who);
          Duration once = scene.limits().patience();
          Summary summary = BoardSteps.awaitEnd(board, once);
          new BoardTalk(board.settings().greeting(), board.received()).checkStream();
          BoardSteps.checkNotEnded(board, summary);
          if (summary == null) {
            throw Violation.late(BoardSteps.stopped(board, once), once);
          }
        });
  }

  private static Step<TcpServerScene> expectTalkGoesOn(String who) {
    return new Step<>(
        who + " is still at it; what it received is what it sent",
        scene -> {
          BoardCaller board = scene.boards().get(who);
          Summary summary = BoardSteps.endSoFar(board);
          new BoardTalk(board.settings().greeting(), board.received()).checkStream();
          BoardSteps.checkNotEnded(board, summary);
        });
  }

  private static Step<TcpServerScene> expectReceive(String who) {
    return new Step<>(
        who + " has received something",
        scene -> {
          BoardCaller board = scene.boards().get(who);
          Duration once = scene.limits().patience();
          if (!board.awaitReceive(once)) {
            throw Violation.late(BoardSteps.stopped(board, once), once);
          }
        });
  }
}
