package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.B;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connect;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connectUnread;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectSilence;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.leave;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.manyAtOnce;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.pause;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.reset;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.send;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.sendMeanwhile;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.stall;

import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Step;
import java.time.Duration;

/**
 * What clients of a TCP echo server may do to each other: nothing, beside or after each other.
 *
 * @see TcpServerCases
 */
final class TcpServerCompanyCases {
  private static final Payload HELLO = Payload.text("Hello 01Studio!");

  /**
   * Lets a quick server accept; else a small backlog is full, and the next comes a second later.
   */
  private static final Duration ACCEPTED = Duration.ofMillis(2);

  /** So long a quick server needs to do something about what a client did. */
  private static final Duration A_MOMENT = Duration.ofMillis(40);

  private final CaseList<TcpServerScene> list;

  private TcpServerCompanyCases(CaseList<TcpServerScene> list) {
    this.list = list;
  }

  static void addTo(CaseList<TcpServerScene> list) {
    TcpServerCompanyCases cases = new TcpServerCompanyCases(list);
    cases.company();
    cases.survival();
  }

  private void company() {
    list.company(Company.FIRST);
    list.add(
        "echo/tcp/2.1",
        "two-at-once",
        "two clients in turn",
        connect(A),
        connect(B),
        send(B, Payload.text("from B")),
        expectEcho(B),
        send(A, Payload.text("from A")),
        expectEcho(A));
    list.add(
        "echo/tcp/2.1",
        "at-the-same-moment",
        "clients that connect at the same moment",
        manyAtOnce(8, 10, 1),
        manyAtOnce(8, 10, 1),
        manyAtOnce(8, 10, 1));
    list.company(Company.ALONE);
    goneInTheMiddle();
    list.add(
        "echo/tcp/2.2",
        "silent",
        "one client says nothing, another is served",
        connect(A),
        connect(B),
        send(B, HELLO),
        expectEcho(B));
    list.add(
        "echo/tcp/2.2",
        "stalled",
        "one client reads nothing, another is served",
        stall(A),
        connect(B),
        send(B, HELLO),
        expectEcho(B),
        reset(A));
    list.add(
        "echo/tcp/2.3",
        "no-mix-up",
        "two clients send different bytes at the same time",
        connect(A),
        connect(B),
        sendMeanwhile(A, Payload.pattern(20_000, 1)),
        sendMeanwhile(B, Payload.pattern(20_000, 2)),
        expectEcho(A),
        expectEcho(B),
        expectSilence(A),
        expectSilence(B));
  }

  /** Asked early: whom SIGPIPE kills dies in many cases, and this is the one that tells why. */
  private void goneInTheMiddle() {
    list.add(
        "echo/tcp/2.4",
        "gone-before-the-echo",
        "twenty clients send 2,000 bytes and close at once, and the next is served",
        new Step<>(
            "twenty clients connect, send 2,000 bytes and close without reading",
            scene -> {
              for (int i = 0; i < 20; i++) {
                scene.connectUnread(A).send(Payload.pattern(2_000).bytes());
                scene.leave(A);
                Thread.sleep(ACCEPTED);
              }
            }),
        connect(B),
        send(B, HELLO),
        expectEcho(B));
    list.add(
        "echo/tcp/2.5",
        "bystanders",
        "a client breaks off in the middle of an echo, and those that are connected are served",
        connect(B),
        send(B, HELLO),
        expectEcho(B),
        connectUnread(A),
        send(A, Payload.pattern(2_000)),
        reset(A),
        pause(Duration.ofMillis(100)),
        send(B, Payload.pattern(300)),
        expectEcho(B));
  }

  private static Step<TcpServerScene> connectAndClose(int clients) {
    return new Step<>(
        "%d clients connect, and close at once".formatted(clients),
        scene -> {
          for (int i = 0; i < clients; i++) {
            scene.connect(A);
            scene.leave(A);
            Thread.sleep(ACCEPTED);
          }
        });
  }

  /** A quick server on a busy machine is asked some hundred times in any case, or all. */
  private static boolean isSlow(int connections, long nanos) {
    long each = nanos / (connections + 1);
    return nanos > 3_000_000_000L
        && (each > 400_000_000L || (connections > 300 && each > 10_000_000L));
  }

  private void survival() {
    list.add(
        "echo/tcp/2.3",
        "eight-at-once",
        "eight clients send much at the same time",
        manyAtOnce(8, 256 << 10, 2));
    list.add(
        "echo/tcp/2.4",
        "a-thousand",
        "1,000 connections, or as many as some seconds allow",
        new Step<>(
            "1,000 clients, one after the other, connect, get a byte back and close",
            scene -> {
              long start = System.nanoTime();
              for (int i = 0; i < 1_000 && !isSlow(i, System.nanoTime() - start); i++) {
                TcpCaller caller = scene.connect(A);
                caller.send((byte) i);
                caller.expectEcho();
                scene.leave(A);
              }
            }));
    list.add(
        "echo/tcp/2.4",
        "reconnect",
        "a client closes, and comes again",
        connect(),
        send(HELLO),
        expectEcho(),
        leave(A),
        connect(B),
        send(B, HELLO),
        expectEcho(B));
    list.add(
        "echo/tcp/2.4",
        "bystander",
        "a client closes, and one that is connected is served",
        connect(B),
        send(B, HELLO),
        expectEcho(B),
        connect(A),
        send(A, HELLO),
        pause(A_MOMENT),
        leave(A),
        pause(A_MOMENT),
        send(B, Payload.pattern(300)),
        expectEcho(B));
    list.add(
        "echo/tcp/2.5",
        "reset-idle",
        "a client breaks off, another is served",
        connect(A),
        send(HELLO),
        expectEcho(),
        reset(A),
        connect(B),
        send(B, HELLO),
        expectEcho(B));
    list.add(
        "echo/tcp/2.5",
        "reset-unread",
        "a client breaks off in the middle of an echo, another is served",
        stall(A),
        reset(A),
        connect(B),
        send(B, HELLO),
        expectEcho(B));
    list.add(
        "echo/tcp/2.6",
        "no-bytes",
        "ten clients connect and close, the next is served",
        connectAndClose(10),
        connect(B),
        send(B, HELLO),
        expectEcho(B));
    list.add(
        "echo/tcp/2.6",
        "bystander",
        "three clients connect and close, and one that is connected is served",
        connect(B),
        send(B, HELLO),
        expectEcho(B),
        connectAndClose(3),
        pause(A_MOMENT),
        send(B, Payload.pattern(300)),
        expectEcho(B));
    list.add(
        "echo/tcp/2.7",
        "short-connections",
        "100 connections of one message each",
        new Step<>(
            "100 clients, one after the other, connect, get their message back and close",
            scene -> {
              for (int i = 0; i < 100; i++) {
                TcpCaller caller = scene.connect(A);
                caller.send(HELLO.bytes());
                caller.expectEcho();
                scene.leave(A);
              }
            }));
  }
}
