package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.TcpServerSteps.A;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.B;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.beginToRead;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connect;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.connectUnread;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.exchangeEach;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEcho;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectEnd;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectFin;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectNoDelay;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectOpen;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.expectSilence;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.halfClose;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.leave;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.pause;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.reset;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.send;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.sendInPieces;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.sendMeanwhile;
import static dev.sockbed.bench.conformance.cases.TcpServerSteps.stall;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.load.ProbeMessage;
import dev.sockbed.common.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a TCP echo server must stand.
 *
 * @see UdpServerCases
 */
final class TcpServerCases {
  private static final Payload HELLO = Payload.text("Hello 01Studio!");
  private static final int MEBIBYTE = 1 << 20;
  private static final int PROBE_BYTES = 64;

  private final CaseList<TcpServerScene> list;

  private TcpServerCases(Protocol protocol) {
    list = new CaseList<>(protocol, Role.SERVER, Transport.TCP);
  }

  static List<Case<TcpServerScene>> of(Protocol protocol) {
    TcpServerCases cases = new TcpServerCases(protocol);
    cases.content();
    cases.bytes();
    cases.splits();
    cases.streams();
    cases.company();
    cases.survival();
    cases.ends();
    return cases.list.cases();
  }

  private void content() {
    list.add(
        "echo/tcp/1.1",
        "request",
        "a greeting, an empty line",
        connect(),
        send(Payload.text("Hello 01Studio!\r\n\r\n")),
        expectEcho());
    list.add(
        "echo/tcp/1.1", "one-byte", "one byte", connect(), send(Payload.pattern(1)), expectEcho());
    list.add(
        "echo/tcp/1.1",
        "lengths",
        "all lengths from 1 to 1,000",
        connect(),
        exchangeEach(
            "A sends 1, 2, 3 … 128 bytes and gets each back before the next",
            IntStream.rangeClosed(1, 128).mapToObj(Payload::pattern).toList()),
        exchangeEach(
            "A sends 129 to 1,000 bytes, eight lengths at a time, and gets them back",
            IntStream.range(0, 109).mapToObj(TcpServerCases::eightLengths).toList()));
    for (int length : new int[] {127, 128, 129, 256, 1_472}) {
      list.add(
          "echo/tcp/1.1",
          length + "-bytes",
          length + " bytes in one write",
          connect(),
          send(Payload.pattern(length)),
          expectEcho());
    }
    list.add("echo/tcp/1.2", "unasked", "a client that sends nothing", connect(), expectSilence(A));
    list.add(
        "echo/tcp/1.2",
        "nothing-added",
        "nothing follows an echo",
        connect(),
        send(HELLO),
        expectEcho(),
        expectSilence(A));
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
        exchangeEach("A sends probe messages 0, 1 and 2 and gets them back", probes()));
  }

  /** Single ones would take a server without TCP_NODELAY 40 ms each, which is no fault. */
  private static Payload eightLengths(int group) {
    int shortest = 129 + group * 8;
    return IntStream.range(shortest, shortest + 8)
        .mapToObj(Payload::pattern)
        .reduce(Payload::then)
        .orElseThrow();
  }

  private static List<Payload> probes() {
    return IntStream.range(0, 3)
        .mapToObj(sequence -> {
          ByteBuffer message = ByteBuffer.allocate(PROBE_BYTES);
          ProbeMessage probe = new ProbeMessage(PROBE_BYTES);
          probe.write(message, PROBE_BYTES, sequence);
          probe.stamp(message, System.nanoTime());
          return new Payload("probe " + sequence, message.array());
        })
        .toList();
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
        "line-ends",
        "CR, LF, both, and ^C ^D ^Z",
        connect(),
        send(Payload.of("0D 0A 0A 0D 03 04 1A 0A", 0x0D, 0x0A, 0x0A, 0x0D, 3, 4, 0x1A, 0x0A)),
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
  }

  private void splits() {
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

  private void company() {
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

  private void survival() {
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
        new Step<>(
            "ten clients connect, and close at once",
            scene -> {
              for (int i = 0; i < 10; i++) {
                scene.connect(A);
                scene.leave(A);
              }
            }),
        connect(B),
        send(B, HELLO),
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

  private void ends() {
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
        "echo/tcp/3.2",
        "half-close",
        "a message and the half-close together",
        connect(),
        send(HELLO),
        halfClose(),
        expectEcho(),
        expectEnd());
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
        halfClose(),
        expectEcho(),
        expectFin());
  }
}
