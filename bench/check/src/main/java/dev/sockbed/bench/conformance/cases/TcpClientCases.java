package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.ClientSteps.LONGEST_TIMEOUT;
import static dev.sockbed.bench.conformance.cases.ClientSteps.expectFailure;
import static dev.sockbed.bench.conformance.cases.ClientSteps.expectSuccess;
import static dev.sockbed.bench.conformance.cases.ClientSteps.needExitStatus;
import static dev.sockbed.bench.conformance.cases.ClientSteps.start;
import static dev.sockbed.bench.conformance.cases.ClientSteps.startAtDeadPort;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.accept;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.breakOff;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.echo;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.echoByteByByte;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.echoChanged;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.echoInPieces;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.endStream;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.expectBytes;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.expectFin;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.expectLongMessage;
import static dev.sockbed.bench.conformance.cases.TcpClientSteps.takeMessage;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.cases.TcpClientSteps.Change;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.List;

/**
 * What a TCP echo client must stand.
 *
 * @see UdpClientCases
 */
final class TcpClientCases {
  private final CaseList<TcpClientScene> list;

  private TcpClientCases(Protocol protocol) {
    list = new CaseList<>(protocol, Role.CLIENT, Transport.TCP);
  }

  static List<Case<TcpClientScene>> of(Protocol protocol) {
    TcpClientCases cases = new TcpClientCases(protocol);
    cases.right();
    cases.wrong();
    cases.absent();
    return cases.list.cases();
  }

  private void right() {
    list.add("echo/tcp/4.1", "connects", "it connects and sends", start(), accept(), expectBytes());
    list.add(
        "echo/tcp/4.2",
        "right-echo",
        "everything comes back",
        needExitStatus(),
        start(),
        accept(),
        echo(),
        expectSuccess());
    list.add(
        "echo/tcp/4.3",
        "byte-by-byte",
        "everything comes back, a byte at a time",
        needExitStatus(),
        start(),
        accept(),
        echoByteByByte(),
        expectSuccess());
    list.add(
        "echo/tcp/4.3",
        "pieces-and-pauses",
        "everything comes back, in pieces of 100 bytes with pauses",
        needExitStatus(),
        start(),
        accept(),
        echoInPieces(100, Duration.ofMillis(60)),
        expectSuccess());
    list.add(
        "echo/tcp/4.8",
        "fin",
        "how it closes when its echo was whole",
        start(),
        accept(),
        echo(),
        expectFin());
    list.add(
        "echo/tcp/4.9",
        "longer-than-limit",
        "how long its first message is",
        start(),
        accept(),
        expectLongMessage(128));
  }

  private void wrong() {
    list.add(
        "echo/tcp/4.4",
        "first-byte",
        "the first byte comes back with a bit changed",
        needExitStatus(),
        start(),
        accept(),
        echoChanged("the message goes back, a bit of its first byte changed", Change.bitAt(0)),
        endStream(),
        expectFailure(LONGEST_TIMEOUT));
    list.add(
        "echo/tcp/4.4",
        "last-byte",
        "the last byte comes back with a bit changed",
        needExitStatus(),
        start(),
        accept(),
        echoChanged("the message goes back, a bit of its last byte changed", Change.bitAt(-1)),
        endStream(),
        expectFailure(LONGEST_TIMEOUT));
    damaged(
        "echo/tcp/4.4",
        "middle",
        "a bit is changed in the middle of all that the client sends",
        TcpDamage.changeByte("the byte in the middle of all", talk -> talk.bytes() / 2));
    damaged(
        "echo/tcp/4.4",
        "very-last",
        "a bit is changed in the last byte of the last message",
        TcpDamage.changeByte("the very last byte", talk -> talk.bytes() - 1));
    damaged(
        "echo/tcp/4.4",
        "other-case",
        "letters come back in upper for lower case",
        TcpDamage.changeCase());
    damaged(
        "echo/tcp/4.4",
        "displaced",
        "a byte too many comes behind the first message",
        TcpDamage.addByte());
    list.add(
        "echo/tcp/4.5",
        "cut-short",
        "the stream ends before the last byte",
        needExitStatus(),
        start(),
        accept(),
        echoChanged("the message goes back but for its last byte", Change.withoutLast()),
        endStream(),
        expectFailure(LONGEST_TIMEOUT));
    list.add(
        "echo/tcp/4.5",
        "no-echo",
        "the stream ends before the first byte",
        needExitStatus(),
        start(),
        accept(),
        takeMessage(),
        endStream(),
        expectFailure(LONGEST_TIMEOUT));
    damaged(
        "echo/tcp/4.5",
        "cut-in-the-middle",
        "the stream ends in the middle of all that the client sends",
        TcpDamage.endBefore("the middle of all", talk -> talk.bytes() / 2));
    damaged(
        "echo/tcp/4.5",
        "cut-at-the-end",
        "the stream ends before the last byte of the last message",
        TcpDamage.endBefore("the very last byte", talk -> talk.bytes() - 1));
    damaged(
        "echo/tcp/4.5",
        "broken-off-at-the-end",
        "the connection is broken off before the last byte of the last message",
        TcpDamage.breakOffBefore("the very last byte", talk -> talk.bytes() - 1));
    list.add(
        "echo/tcp/4.5",
        "broken-off",
        "the connection is broken off before the echo",
        needExitStatus(),
        start(),
        accept(),
        takeMessage(),
        breakOff(),
        expectFailure(LONGEST_TIMEOUT));
  }

  /** A case in which the client must fail; its only step starts the client itself. */
  private void damaged(String rule, String name, String title, Step<TcpClientScene> damage) {
    list.add(rule, name, title, needExitStatus(), damage, expectFailure(LONGEST_TIMEOUT));
  }

  private void absent() {
    list.company(Company.WAITING);
    list.add(
        "echo/tcp/4.6",
        "silence",
        "no echo comes, and the connection stays",
        needExitStatus(),
        start(),
        accept(),
        takeMessage(),
        expectFailure(LONGEST_TIMEOUT));
    list.company(Company.ALONE);
    list.add(
        "echo/tcp/4.7",
        "refused",
        "nothing listens",
        needExitStatus(),
        startAtDeadPort(),
        expectFailure(LONGEST_TIMEOUT));
  }
}
