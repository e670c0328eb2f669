package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.ClientSteps.start;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectAnswer;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectAnswerAgain;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectAnswers;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectAnswersInTime;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectEachAnswer;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectGreeting;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.expectSilence;
import static dev.sockbed.bench.conformance.cases.UdpDeviceSteps.pause;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a board's program must stand over UDP.
 *
 * @see TcpDeviceCases
 */
final class UdpDeviceCases {
  private static final Payload HELLO = Payload.text("hello board");
  private static final Duration A_WHILE = Duration.ofMillis(500);

  /** One that greets again and again does so within. */
  private static final Duration LONGER = Duration.ofMillis(3_200);

  private static final Duration SOME_SECONDS = Duration.ofSeconds(5);

  private final CaseList<UdpClientScene> list;

  private UdpDeviceCases(Protocol protocol) {
    list = new CaseList<>(protocol, Role.CLIENT, Transport.UDP);
  }

  static List<Case<UdpClientScene>> of(Protocol protocol) {
    UdpDeviceCases cases = new UdpDeviceCases(protocol);
    cases.greeting();
    cases.answers();
    cases.bytes();
    return cases.list.cases();
  }

  /** A case that begins as all of them do. */
  @SafeVarargs // The steps are only read.
  private void greeted(String rule, String name, String title, Step<UdpClientScene>... steps) {
    List<Step<UdpClientScene>> all = new ArrayList<>();
    all.add(start());
    all.add(expectGreeting());
    for (Step<UdpClientScene> step : steps) {
      all.add(step);
    }
    list.add(rule, name, title, all);
  }

  private void greeting() {
    greeted("device/1.1", "udp-first", "the greeting comes by itself");
    list.company(Company.WAITING);
    greeted(
        "device/1.2",
        "udp-once",
        "the greeting comes once, also after an answer",
        expectSilence(LONGER),
        expectAnswer(HELLO),
        expectSilence(A_WHILE));
    list.company(Company.ALONE);
    greeted(
        "device/1.3",
        "udp-silent",
        "nothing comes while the assistant is silent",
        expectSilence(A_WHILE));
  }

  private void answers() {
    greeted("device/2.1", "udp-answer", "one message", expectAnswer(HELLO));
    greeted(
        "device/2.5",
        "udp-128",
        "128 bytes, and one answer to them",
        expectAnswer(Payload.pattern(128)),
        expectSilence(A_WHILE));
    greeted("device/2.5", "udp-129", "129 bytes", expectAnswer(Payload.pattern(129)));
    greeted("device/2.5", "udp-1000", "1,000 bytes", expectAnswer(Payload.pattern(1_000)));
    greeted(
        "device/2.5",
        "udp-kept-apart",
        "three datagrams at once",
        expectAnswers(
            List.of(Payload.pattern(10, 1), Payload.pattern(20, 2), Payload.pattern(30, 3))));
    greeted(
        "device/2.6",
        "udp-empty",
        "an empty datagram, and the board hears others after it",
        expectAnswer(Payload.of("no bytes")),
        expectSilence(A_WHILE),
        expectAnswer(HELLO));
    greeted(
        "device/2.7",
        "udp-equal",
        "the same message three times",
        expectAnswer(HELLO),
        expectAnswerAgain(HELLO),
        expectAnswerAgain(HELLO));
    greeted(
        "device/2.7",
        "udp-in-time",
        "how long an answer takes",
        expectAnswersInTime(
            Payload.pattern(20, 1), Payload.pattern(21, 2), Payload.pattern(22, 3)));
    greeted(
        "device/2.7",
        "udp-several",
        "three messages, one after the other",
        expectAnswer(HELLO),
        expectAnswer(Payload.pattern(5)),
        expectAnswer(Payload.pattern(77)));
    list.company(Company.WAITING);
    greeted(
        "device/3.3",
        "udp-silence",
        "five seconds of silence between two messages",
        expectAnswer(HELLO),
        pause(SOME_SECONDS),
        expectAnswer(Payload.pattern(9)));
    list.company(Company.ALONE);
  }

  private void bytes() {
    greeted(
        "device/2.2",
        "udp-words",
        "words that end a talk elsewhere, and blanks around them",
        expectEachAnswer(Payload.words()));
    greeted(
        "device/2.2",
        "udp-more-words",
        "more words that end a talk elsewhere",
        expectEachAnswer(Payload.moreWords()));
    greeted(
        "device/2.2",
        "udp-nul",
        "NUL in front, between and behind",
        expectAnswer(Payload.of("00 41 00 00 42 00", 0, 0x41, 0, 0, 0x42, 0)));
    greeted(
        "device/2.2",
        "udp-cut-utf8",
        "characters of three bytes, which the receive limit cuts",
        expectAnswer(Payload.text("你".repeat(60))));
  }
}
