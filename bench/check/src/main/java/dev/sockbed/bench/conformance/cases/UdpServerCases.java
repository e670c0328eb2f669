package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.UdpAnswerCounts.expectEachOfEqual;
import static dev.sockbed.bench.conformance.cases.UdpAnswerCounts.expectNoLaterAnswer;
import static dev.sockbed.bench.conformance.cases.UdpAnswerCounts.expectSingleAnswers;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.B;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.ask;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.askAll;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.askAndMove;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.askEach;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.askFromManyPorts;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.askLongest;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.burst;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.expectInTime;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.expectNothingElse;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.expectWholeBurst;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.leave;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.open;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.send;
import static dev.sockbed.bench.conformance.cases.UdpServerSteps.sendWhateverComes;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a UDP echo server must stand.
 *
 * @see TcpServerCases
 */
final class UdpServerCases {
  private static final Payload HELLO = Payload.text("Hello 01Studio!");
  private static final Payload EMPTY = Payload.of("an empty datagram");

  /** What an Ethernet frame holds over IPv4: 1,500 less 20 and 8 bytes of headers. */
  private static final int LONGEST_UNFRAGMENTED = 1_472;

  private final CaseList<UdpServerScene> list;

  private UdpServerCases(Protocol protocol) {
    list = new CaseList<>(protocol, Role.SERVER, Transport.UDP);
  }

  static List<Case<UdpServerScene>> of(Protocol protocol) {
    UdpServerCases cases = new UdpServerCases(protocol);
    cases.content();
    cases.lengths();
    cases.bytes();
    cases.counts();
    cases.addresses();
    cases.survival();
    return cases.list.cases();
  }

  private void content() {
    list.company(Company.FIRST);
    list.add("echo/udp/1.9", "in-time", "how long an answer takes", open(A), expectInTime());
    list.add("echo/udp/1.1", "request", "a greeting", open(A), ask(HELLO));
    list.company(Company.ALONE);
    list.add("echo/udp/1.1", "one-byte", "one byte", open(A), ask(Payload.pattern(1)));
    list.add(
        "echo/udp/1.1",
        "lengths",
        "all lengths from 1 to 126",
        open(A),
        askAll(
            "A sends 1, 2, 3 … 126 bytes and gets each back before the next",
            IntStream.range(1, 127).mapToObj(Payload::pattern).toList()));
    list.add(
        "echo/udp/1.1",
        "equal",
        "the same datagram again and again",
        open(A),
        expectEachOfEqual(Payload.text("the same again"), 6));
    list.add("echo/udp/1.1", "127-bytes", "127 bytes", open(A), ask(Payload.pattern(127)));
    list.add("echo/udp/1.1", "128-bytes", "128 bytes", open(A), ask(Payload.pattern(128)));
    list.add("echo/udp/1.2", "empty", "a datagram without a byte", open(A), ask(EMPTY));
    list.add(
        "probe/1.6",
        "udp-echo",
        "three probe messages",
        open(A),
        askEach("A sends probe messages 0, 1 and 2 and gets them back", Payload.probes()));
  }

  private void lengths() {
    list.add(
        "echo/udp/1.3", "129-bytes", "one byte over the limit", open(A), ask(Payload.pattern(129)));
    list.add(
        "echo/udp/1.3",
        "1472-bytes",
        "as much as one Ethernet frame holds",
        open(A),
        ask(Payload.pattern(LONGEST_UNFRAGMENTED)));
    list.add(
        "echo/udp/3.2",
        "longest",
        "the longest datagram there is, then a short one",
        open(A),
        sendWhateverComes(A, Payload.pattern(UdpConfig.LONGEST_DATAGRAM)),
        ask(HELLO));
    list.add(
        "echo/udp/3.2",
        "empty-then-short",
        "five empty datagrams, then a short one",
        open(A),
        send(A, EMPTY),
        send(A, EMPTY),
        send(A, EMPTY),
        send(A, EMPTY),
        send(A, EMPTY),
        ask(HELLO));
    list.add(
        "echo/udp/1.3",
        "65507-bytes",
        "the longest datagram there is comes back cut",
        open(A),
        askLongest(
            Payload.pattern(LONGEST_UNFRAGMENTED), Payload.pattern(UdpConfig.LONGEST_DATAGRAM)));
  }

  private void bytes() {
    list.add(
        "echo/udp/1.4",
        "all-values",
        "every value that a byte has, in two datagrams",
        open(A),
        ask(Payload.of("values 0 to 127", IntStream.range(0, 128).toArray())),
        ask(Payload.of("values 128 to 255", IntStream.range(128, 256).toArray())));
    list.add(
        "echo/udp/1.4",
        "nul",
        "NUL in front, between and behind",
        open(A),
        ask(Payload.of("00 41 00 00 42 00", 0, 0x41, 0, 0, 0x42, 0)),
        ask(Payload.of("00", 0)));
    list.add(
        "echo/udp/1.4",
        "line-ends",
        "CR, LF, both, and nothing else",
        open(A),
        ask(Payload.of("0A", 0x0A)),
        ask(Payload.of("0D 0A", 0x0D, 0x0A)),
        ask(Payload.of("41 0A 42 0D", 0x41, 0x0A, 0x42, 0x0D)));
    list.add(
        "echo/udp/1.4",
        "words",
        "words that end a talk elsewhere, and blanks around them",
        open(A),
        askEach("A sends words, each of which comes back", Payload.words()));
    list.add(
        "echo/udp/1.4",
        "more-words",
        "more words that end a talk elsewhere",
        open(A),
        askEach("A sends words, each of which comes back", Payload.moreWords()));
    list.add(
        "echo/udp/1.4",
        "cut-utf8",
        "bytes that are no UTF-8",
        open(A),
        ask(Payload.of("E4 BD", 0xE4, 0xBD)),
        ask(Payload.of("FF FE 80", 0xFF, 0xFE, 0x80)));
  }

  private void counts() {
    list.company(Company.WAITING);
    list.add(
        "echo/udp/1.5",
        "once-and-for-all",
        "no second answer comes later",
        open(A),
        expectNoLaterAnswer(Duration.ofMillis(1_500)));
    list.company(Company.ALONE);
    list.add(
        "echo/udp/1.5",
        "once",
        "forty datagrams, each answered once",
        open(A),
        expectSingleAnswers(
            IntStream.range(0, 40).mapToObj(i -> Payload.pattern(40 + i, i)).toList()));
    list.company(Company.FIRST);
    list.add(
        "echo/udp/1.6",
        "kept-apart",
        "datagrams sent one right behind the other are not merged",
        open(A),
        burst(IntStream.range(0, 8).mapToObj(i -> Payload.pattern(10 + i, i)).toList()),
        expectNothingElse(A));
    list.company(Company.ALONE);
    list.add(
        "echo/udp/1.7",
        "unasked",
        "a socket that sends nothing, while another is served",
        open(A),
        open(B),
        ask(B, HELLO),
        expectNothingElse(A));
    list.add(
        "echo/udp/1.7",
        "no-more-than-received",
        "short datagrams after long ones bring no old bytes back",
        open(A),
        ask(Payload.pattern(120)),
        ask(Payload.pattern(3)),
        ask(Payload.pattern(1)),
        expectNothingElse(A));
    list.add(
        "echo/udp/1.8",
        "burst",
        "32 datagrams of 100 bytes at once",
        open(A),
        expectWholeBurst(IntStream.range(0, 32).mapToObj(i -> Payload.pattern(100, i)).toList()));
  }

  private void addresses() {
    Payload one = Payload.text("A, one");
    Payload two = Payload.text("B, two");
    Payload three = Payload.text("A, three");
    Payload four = Payload.text("B, four");
    list.company(Company.FIRST);
    list.add("echo/udp/2.1", "moves", "a client moves to another port", askAndMove());
    list.company(Company.ALONE);
    list.add(
        "echo/udp/2.1",
        "in-turn",
        "two clients in turn",
        open(A),
        open(B),
        send(A, one),
        send(B, two),
        send(A, three),
        send(B, four),
        expectEcho(A, one),
        expectEcho(B, two),
        expectEcho(A, three),
        expectEcho(B, four),
        expectNothingElse(A),
        expectNothingElse(B));
    list.add(
        "echo/udp/2.1",
        "many-ports",
        "300 clients, each at a port of its own, or as many as 2 seconds allow",
        askFromManyPorts(100, 300));
    list.add(
        "echo/udp/2.2",
        "from-where",
        "the answer comes from where the question went",
        open(A),
        ask(HELLO),
        expectNothingElse(A));
    list.add(
        "echo/udp/2.3",
        "low-port",
        "datagrams from a port below 1024, while others are answered",
        new Step<>("S opens a socket at a port below 1024", scene -> scene.openLowPort("S")),
        open(A),
        askBeside(),
        askBeside(),
        askBeside(),
        new Step<>("S was not answered", UdpServerCases::checkUnanswered));
  }

  private static Step<UdpServerScene> askBeside() {
    return new Step<>(
        "S sends 'Hello 01Studio!', then A, which gets the answer",
        scene -> {
          scene.caller("S").send(HELLO.bytes());
          scene.caller(A).ask(scene.caller(A).control());
        });
  }

  private static void checkUnanswered(UdpServerScene scene) throws Violation, InterruptedException {
    scene.caller("S").expectNothingElse();
    if (scene.caller("S").isAnswered(HELLO.bytes())) {
      throw Violation.of(
          "it answered port %d, where a service may live that answers back, for ever"
              .formatted(scene.caller("S").peer().address().getPort()));
    }
  }

  private void survival() {
    list.add(
        "echo/udp/3.1",
        "vanished",
        "three clients that are gone when their answers come",
        open(B),
        send(B, HELLO),
        leave(B),
        open(B),
        send(B, HELLO),
        leave(B),
        open(B),
        send(B, HELLO),
        leave(B),
        open(A),
        ask(HELLO),
        ask(Payload.pattern(100)));
  }
}
