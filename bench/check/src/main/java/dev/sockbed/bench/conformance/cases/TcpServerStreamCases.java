package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.beginToRead;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connect;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connectUnread;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.exchangeEach;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEchoAfterStall;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.pause;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.send;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.sendInPieces;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.sendMeanwhile;
import static dev.sockbed.bench.conformance.cases.TcpServerTimes.expectInTime;
import static dev.sockbed.bench.conformance.cases.TcpServerTimes.expectNoDelay;

import dev.sockbed.bench.conformance.Company;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How a TCP echo server must take a stream: in any pieces, at any length, at the speed of its
 * reader.
 *
 * @see TcpServerCases
 */
final class TcpServerStreamCases {
  private static final int MEBIBYTE = 1 << 20;

  private final CaseList<TcpServerScene> list;

  private TcpServerStreamCases(CaseList<TcpServerScene> list) {
    this.list = list;
  }

  static void addTo(CaseList<TcpServerScene> list) {
    TcpServerStreamCases cases = new TcpServerStreamCases(list);
    cases.splits();
    cases.streams();
  }

  private void splits() {
    list.company(Company.BESIDE);
    list.add(
        "echo/tcp/1.4",
        "byte-by-byte",
        "200 bytes, each in a write of its own",
        connect(),
        sendInPieces(Payload.pattern(200), 1),
        expectEcho());
    for (int piece : new int[] {127, 129}) {
      list.add(
          "echo/tcp/1.4",
          "split-" + piece,
          "1,000 bytes in writes of " + piece,
          connect(),
          sendInPieces(Payload.pattern(1_000), piece),
          expectEcho());
    }
    list.add(
        "echo/tcp/1.4",
        "merged",
        "many messages in one write",
        connect(),
        send(Payload.text("one\n").then(Payload.text("two\n")).then(Payload.pattern(300))),
        expectEcho());
    list.add(
        "echo/tcp/1.4",
        "pipelined",
        "100 messages sent before the first echo is read",
        connect(),
        sendInPieces(Payload.pattern(3_000), 30),
        expectEcho());
    list.add(
        "echo/tcp/1.5",
        "interactive",
        "single bytes, each back before the next is sent",
        connect(),
        exchangeEach(
            "A sends 20 single bytes and gets each back before the next",
            IntStream.range(0, 20).mapToObj(i -> Payload.pattern(1, i)).toList()));
    list.add(
        "echo/tcp/1.5",
        "one-over-limit",
        "one byte more than the receive limit, without a line end",
        connect(),
        send(Payload.pattern(129)),
        expectEcho());
  }

  private void streams() {
    list.company(Company.FIRST);
    list.add("echo/tcp/1.5", "in-time", "how long an echo takes", connect(), expectInTime());
    list.company(Company.ALONE);
    list.add(
        "echo/tcp/1.6",
        "more-than-a-mebibyte",
        "1 MiB and more, and then a short message",
        connect(),
        sendMeanwhile(A, Payload.pattern(MEBIBYTE + 100_000)),
        expectEcho(),
        send(Payload.text("and more")),
        expectEcho());
    list.add(
        "echo/tcp/1.7",
        "after-a-stall",
        "a client that sends until no more is taken, and only then reads",
        expectEchoAfterStall(false));
    list.add(
        "echo/tcp/1.6",
        "mebibyte",
        "a stream of 1 MiB, read while it is sent",
        connect(),
        sendMeanwhile(A, Payload.pattern(MEBIBYTE)),
        expectEcho());
    list.add(
        "echo/tcp/1.7",
        "slow-reader",
        "a client that sends 256 KiB and reads nothing for 300 ms",
        connectUnread(A),
        sendMeanwhile(A, Payload.pattern(MEBIBYTE / 4)),
        pause(Duration.ofMillis(300)),
        beginToRead(A),
        expectEcho());
    list.add(
        "echo/tcp/1.8",
        "no-delay",
        "echoes of three pieces, against echoes of one",
        connect(),
        expectNoDelay());
  }
}
