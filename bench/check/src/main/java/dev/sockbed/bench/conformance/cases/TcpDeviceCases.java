package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.ClientSteps.start;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.accept;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.breakOff;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectAnswer;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectAnswerToWrites;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectClose;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectEndOrRest;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectGreeting;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectGreetingInTime;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectNoAnswerToTheEnd;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectNoSecondGreeting;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectPauses;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectShortPauses;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.expectSilence;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.halfClose;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.pause;
import static dev.sockbed.bench.conformance.cases.TcpDeviceSteps.sendCloseAndExpectAnswers;

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
 * What a board's program must stand over TCP.
 *
 * @see UdpDeviceCases
 */
final class TcpDeviceCases {
  private static final Payload HELLO = Payload.text("hello board");
  private static final Duration A_WHILE = Duration.ofMillis(500);

  /** One that greets again and again does so within. */
  private static final Duration LONGER = Duration.ofMillis(3_200);

  private static final Duration SOME_SECONDS = Duration.ofSeconds(5);

  private final CaseList<TcpClientScene> list;

  private TcpDeviceCases(Protocol protocol) {
    list = new CaseList<>(protocol, Role.CLIENT, Transport.TCP);
  }

  static List<Case<TcpClientScene>> of(Protocol protocol) {
    TcpDeviceCases cases = new TcpDeviceCases(protocol);
    cases.greeting();
    cases.answers();
    cases.bytes();
    cases.pace();
    cases.end();
    return cases.list.cases();
  }

  /** A case that begins as all of them do. */
  @SafeVarargs // The steps are only read.
  private void greeted(String rule, String name, String title, Step<TcpClientScene>... steps) {
    List<Step<TcpClientScene>> inOrder = new ArrayList<>();
    for (Step<TcpClientScene> step : steps) {
      inOrder.add(step);
    }
    greeted(rule, name, title, inOrder);
  }

  private void greeted(String rule, String name, String title, List<Step<TcpClientScene>> steps) {
    List<Step<TcpClientScene>> all = new ArrayList<>();
    all.add(start());
    all.add(accept());
    all.add(expectGreeting());
    all.addAll(steps);
    list.add(rule, name, title, all);
  }

  private void greeting() {
    list.add(
        "device/1.1",
        "tcp-first",
        "the greeting comes by itself, and in time",
        start(),
        accept(),
        expectGreetingInTime());
    list.company(Company.WAITING);
    greeted(
        "device/1.2",
        "tcp-once",
        "the greeting comes once, also after an answer",
        expectNoSecondGreeting(LONGER),
        expectAnswer(HELLO),
        expectNoSecondGreeting(A_WHILE));
    list.company(Company.ALONE);
    greeted(
        "device/1.3",
        "tcp-silent",
        "nothing comes while the assistant is silent",
        expectSilence(A_WHILE));
  }

  private void answers() {
    greeted("device/2.1", "tcp-answer", "one message", expectAnswer(HELLO));
    greeted("device/2.1", "tcp-one-byte", "one byte", expectAnswer(Payload.of("0x58", 0x58)));
    greeted("device/2.3", "tcp-128", "128 bytes", expectAnswer(Payload.pattern(128)));
    greeted("device/2.3", "tcp-129", "129 bytes", expectAnswer(Payload.pattern(129)));
    greeted("device/2.4", "tcp-1000", "1,000 bytes at once", expectAnswer(Payload.pattern(1_000)));
    greeted(
        "device/2.4",
        "tcp-split",
        "60 bytes in writes of 7",
        expectAnswerToWrites(Payload.pattern(60), 7, Duration.ofMillis(20)));
    greeted(
        "device/2.7",
        "tcp-several",
        "three messages, one after the other",
        expectAnswer(HELLO),
        expectAnswer(Payload.pattern(5)),
        expectAnswer(HELLO));
  }

  private void bytes() {
    greeted(
        "device/2.2",
        "tcp-words",
        "words that end a talk elsewhere, and blanks around them",
        Payload.words().stream().map(TcpDeviceSteps::expectAnswer).toList());
    greeted(
        "device/2.2",
        "tcp-more-words",
        "more words that end a talk elsewhere",
        Payload.moreWords().stream().map(TcpDeviceSteps::expectAnswer).toList());
    greeted(
        "device/2.2",
        "tcp-nul",
        "NUL in front, between and behind",
        expectAnswer(Payload.of("00 41 00 00 42 00", 0, 0x41, 0, 0, 0x42, 0)));
    greeted(
        "device/2.2",
        "tcp-all-values",
        "every value that a byte has",
        expectAnswer(Payload.allValues()));
    greeted(
        "device/2.2",
        "tcp-cut-utf8",
        "characters of three bytes, which the receive limit cuts",
        expectAnswer(Payload.text("你".repeat(60))));
    greeted(
        "device/2.2",
        "tcp-line-ends",
        "CR and LF",
        expectAnswer(Payload.of("0D 0A 0A 0D", 0x0D, 0x0A, 0x0A, 0x0D)));
  }

  private void pace() {
    greeted(
        "device/3.1",
        "tcp-not-too-fast",
        "twenty receives' worth at once",
        expectPauses(Payload.pattern(2_560)));
    greeted(
        "device/3.2",
        "tcp-not-too-slow",
        "more than one receive's worth at once",
        expectShortPauses(Payload.pattern(600)));
    list.company(Company.WAITING);
    greeted(
        "device/3.3",
        "tcp-silence",
        "five seconds of silence between two messages",
        expectAnswer(HELLO),
        pause(SOME_SECONDS),
        expectAnswer(HELLO));
    list.company(Company.ALONE);
  }

  private void end() {
    greeted("device/4.1", "tcp-close", "the assistant closes at once", halfClose(), expectClose());
    greeted(
        "device/4.1",
        "tcp-close-later",
        "the assistant closes after an answer",
        expectAnswer(HELLO),
        halfClose(),
        expectClose());
    greeted(
        "device/4.2",
        "tcp-no-answer-to-end",
        "the end of the stream is no message",
        expectAnswer(HELLO),
        halfClose(),
        expectNoAnswerToTheEnd());
    greeted(
        "device/4.3",
        "tcp-closed",
        "the assistant closes after an answer, and looks what becomes of the board",
        expectAnswer(HELLO),
        halfClose(),
        expectEndOrRest());
    greeted(
        "device/4.3",
        "tcp-broken-off",
        "the assistant breaks off after an answer",
        expectAnswer(HELLO),
        breakOff(),
        expectEndOrRest());
    greeted(
        "device/4.4",
        "tcp-answer-then-close",
        "the assistant sends 300 bytes and closes at once",
        sendCloseAndExpectAnswers(Payload.pattern(300)));
  }
}
