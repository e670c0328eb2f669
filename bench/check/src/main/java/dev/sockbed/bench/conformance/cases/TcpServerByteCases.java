package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connect;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.exchangeEach;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEnd;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectSilence;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.halfClose;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.send;

import dev.sockbed.bench.conformance.Company;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;

/**
 * What a TCP echo server must send back: the same bytes, all of them, and nothing else.
 *
 * @see TcpServerCases
 */
final class TcpServerByteCases {
  private static final Payload HELLO = Payload.text("Hello 01Studio!");

  /** A server may let a client go after 5 seconds. */
  static final Duration ALMOST_FIVE_SECONDS = Duration.ofMillis(4_700);

  private final CaseList<TcpServerScene> list;

  private TcpServerByteCases(CaseList<TcpServerScene> list) {
    this.list = list;
  }

  static void addTo(CaseList<TcpServerScene> list) {
    TcpServerByteCases cases = new TcpServerByteCases(list);
    cases.content();
    cases.bytes();
  }

  private void content() {
    list.company(Company.FIRST);
    list.add(
        "echo/tcp/1.1",
        "request",
        "a greeting, an empty line",
        connect(),
        send(Payload.text("Hello 01Studio!\r\n\r\n")),
        expectEcho());
    list.company(Company.BESIDE);
    list.add(
        "echo/tcp/1.1", "one-byte", "one byte", connect(), send(Payload.pattern(1)), expectEcho());
    list.add(
        "echo/tcp/1.1",
        "lengths",
        "all lengths from 1 to 1,000, or as many as 6 seconds allow",
        connect(),
        exchangeEach(
            "A sends 1, 2, 3 … 128 bytes and gets each back before the next",
            IntStream.rangeClosed(1, 128).mapToObj(Payload::pattern).toList()),
        exchangeEach(
            "A sends 129 to 1,000 bytes, eight lengths at a time, and gets them back",
            IntStream.range(0, 109).mapToObj(TcpServerByteCases::eightLengths).toList()));
    for (int length : new int[] {127, 128, 129, 256, 1_472}) {
      list.add(
          "echo/tcp/1.1",
          length + "-bytes",
          length + " bytes in one write",
          connect(),
          send(Payload.pattern(length)),
          expectEcho());
    }
    list.add(
        "echo/tcp/1.1",
        "equal",
        "the same message again and again",
        connect(),
        exchangeEach(
            "A sends 'the same again' four times and gets each back before the next",
            Collections.nCopies(4, Payload.text("the same again"))));
    list.add("echo/tcp/1.2", "unasked", "a client that sends nothing", connect(), expectSilence(A));
    list.add(
        "echo/tcp/1.2",
        "nothing-added",
        "nothing follows an echo",
        connect(),
        send(HELLO),
        expectEcho(),
        expectSilence(A));
    list.company(Company.WAITING);
    list.add(
        "echo/tcp/1.2",
        "long-silence",
        "a client that is silent for almost 5 seconds",
        connect(),
        expectSilence(A, ALMOST_FIVE_SECONDS));
    list.add(
        "echo/tcp/1.2",
        "silence-after-an-echo",
        "a client that is silent for almost 5 seconds after an echo",
        connect(),
        send(HELLO),
        expectEcho(),
        expectSilence(A, ALMOST_FIVE_SECONDS));
    list.company(Company.BESIDE);
    list.add(
        "echo/tcp/1.2",
        "once",
        "nothing follows an echo of many pieces, up to the end",
        connect(),
        send(Payload.pattern(1_000)),
        expectEcho(),
        halfClose(),
        expectEnd());
    list.add(
        "probe/1.6",
        "tcp-echo",
        "three probe messages",
        connect(),
        exchangeEach("A sends probe messages 0, 1 and 2 and gets them back", Payload.probes()));
  }

  /** Single ones would take a server without TCP_NODELAY 40 ms each, which is no fault. */
  private static Payload eightLengths(int group) {
    int shortest = 129 + group * 8;
    return IntStream.range(shortest, shortest + 8)
        .mapToObj(Payload::pattern)
        .reduce(Payload::then)
        .orElseThrow();
  }

  private void bytes() {
    list.add(
        "echo/tcp/1.3",
        "all-values",
        "every value that a byte has",
        connect(),
        send(Payload.allValues()),
        expectEcho());
    list.add(
        "echo/tcp/1.3",
        "nul",
        "NUL in front, between and behind",
        connect(),
        send(Payload.of("00 41 00 00 42 00", 0, 0x41, 0, 0, 0x42, 0)),
        expectEcho());
    list.add(
        "echo/tcp/1.3",
        "high",
        "0xFF, which telnet takes for a command, and 0x80",
        connect(),
        send(Payload.of("FF FF F4 80 FF", 0xFF, 0xFF, 0xF4, 0x80, 0xFF)),
        expectEcho());
    list.add(
        "echo/tcp/1.3",
        "cut-utf8",
        "a character of three bytes, of which two come first",
        connect(),
        send(Payload.of("E4 BD", 0xE4, 0xBD)),
        expectEcho(),
        send(Payload.of("A0", 0xA0)),
        expectEcho());
    list.company(Company.ALONE); // Some programs end at such a word, and all that goes on beside.
    list.add(
        "echo/tcp/1.3",
        "words",
        "words that end a talk elsewhere, and blanks around them",
        connect(),
        exchangeEach("A sends words, each of which comes back", Payload.words()));
    list.add(
        "echo/tcp/1.3",
        "more-words",
        "more words that end a talk elsewhere",
        connect(),
        exchangeEach("A sends words, each of which comes back", Payload.moreWords()));
    list.add(
        "echo/tcp/1.3",
        "line-ends",
        "CR, LF, both, and ^C ^D ^Z",
        connect(),
        send(Payload.of("0D 0A 0A 0D 03 04 1A 0A", 0x0D, 0x0A, 0x0A, 0x0D, 3, 4, 0x1A, 0x0A)),
        expectEcho());
  }
}
