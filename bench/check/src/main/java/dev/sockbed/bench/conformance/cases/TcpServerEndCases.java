package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.beginToRead;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connect;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connectUnread;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEchoAfterStall;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEnd;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectFin;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectOpen;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.halfClose;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.pause;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.send;
import static dev.sockbed.bench.conformance.cases.TcpServerTimes.expectEndInTime;

import dev.sockbed.bench.conformance.Company;
import java.time.Duration;

/**
 * How a connection to a TCP echo server must end, and that it must not before.
 *
 * @see TcpServerCases
 */
final class TcpServerEndCases {
  private static final Payload HELLO = Payload.text("Hello 01Studio!");

  private final CaseList<TcpServerScene> list;

  private TcpServerEndCases(CaseList<TcpServerScene> list) {
    this.list = list;
  }

  static void addTo(CaseList<TcpServerScene> list) {
    TcpServerEndCases cases = new TcpServerEndCases(list);
    cases.ends();
  }

  private void ends() {
    list.company(Company.WAITING);
    list.add(
        "echo/tcp/3.1",
        "idle",
        "a client that is silent for a second, and then goes on",
        connect(),
        send(HELLO),
        expectEcho(),
        expectOpen(Duration.ofSeconds(1)),
        send(HELLO),
        expectEcho());
    list.add(
        "echo/tcp/3.1",
        "long-idle",
        "a client that is silent for almost 5 seconds, and then goes on",
        connect(),
        send(HELLO),
        expectEcho(),
        expectOpen(TcpServerByteCases.ALMOST_FIVE_SECONDS),
        send(HELLO),
        expectEcho());
    list.add(
        "echo/tcp/3.1",
        "long-unspoken",
        "a client that says nothing for almost 5 seconds, and then begins",
        connect(),
        expectOpen(TcpServerByteCases.ALMOST_FIVE_SECONDS),
        send(HELLO),
        expectEcho());
    list.company(Company.ALONE);
    list.add(
        "echo/tcp/3.2",
        "half-close-after-a-stall",
        "a client that sends until no more is taken, half-closes, and only then reads",
        expectEchoAfterStall(true));
    list.company(Company.FIRST);
    list.add(
        "echo/tcp/3.2",
        "half-close",
        "a message and the half-close together",
        connect(),
        send(HELLO),
        halfClose(),
        expectEcho(),
        expectEnd());
    list.company(Company.BESIDE);
    list.add(
        "echo/tcp/3.2",
        "half-close-buffered",
        "4 KiB that wait in buffers at the half-close",
        connectUnread(A),
        send(Payload.pattern(4 << 10)),
        halfClose(),
        pause(Duration.ofMillis(50)),
        beginToRead(A),
        expectEcho(),
        expectEnd());
    list.add(
        "echo/tcp/3.1",
        "several-messages",
        "three messages with pauses on one connection",
        connect(),
        send(HELLO),
        expectEcho(),
        expectOpen(Duration.ofMillis(50)),
        send(Payload.pattern(300)),
        expectEcho(),
        expectOpen(Duration.ofMillis(50)),
        send(HELLO),
        expectEcho());
    list.add("echo/tcp/3.3", "in-time", "how long the server takes to close", expectEndInTime());
    list.add(
        "echo/tcp/3.3",
        "after-echo",
        "a half-close when everything is back",
        connect(),
        send(HELLO),
        expectEcho(),
        halfClose(),
        expectEnd());
    list.add(
        "echo/tcp/3.3",
        "no-bytes",
        "a half-close without a byte",
        connect(),
        halfClose(),
        expectEnd());
    list.add(
        "echo/tcp/3.4",
        "fin",
        "how the server ends its side",
        connect(),
        send(Payload.pattern(300)),
        expectEcho(),
        halfClose(),
        expectFin());
  }
}
