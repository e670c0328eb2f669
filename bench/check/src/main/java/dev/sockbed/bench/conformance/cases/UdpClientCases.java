package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.ClientSteps.LONGEST_TIMEOUT;
import static dev.sockbed.bench.conformance.cases.ClientSteps.expectFailure;
import static dev.sockbed.bench.conformance.cases.ClientSteps.needExitStatus;
import static dev.sockbed.bench.conformance.cases.ClientSteps.start;
import static dev.sockbed.bench.conformance.cases.ClientSteps.startAtDeadPort;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.awaitFirst;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.echoFromStranger;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.echoToSuccess;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.echoTwiceToSuccess;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.expectLongest;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.loseFirst;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.sendStray;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.silence;
import static dev.sockbed.bench.conformance.cases.UdpDamage.echoChanged;
import static dev.sockbed.bench.conformance.cases.UdpDamage.echoInOtherCase;
import static dev.sockbed.bench.conformance.cases.UdpDamage.echoLastOneChanged;
import static dev.sockbed.bench.conformance.cases.UdpDamage.echoLaterOnesChanged;
import static dev.sockbed.bench.conformance.cases.UdpDamage.echoShortened;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.common.Transport;
import java.util.List;

/**
 * What a UDP echo client must stand.
 *
 * @see TcpClientCases
 */
final class UdpClientCases {
  private final CaseList<UdpClientScene> list;

  private UdpClientCases(Protocol protocol) {
    list = new CaseList<>(protocol, Role.CLIENT, Transport.UDP);
  }

  static List<Case<UdpClientScene>> of(Protocol protocol) {
    UdpClientCases cases = new UdpClientCases(protocol);
    cases.right();
    cases.wrong();
    cases.absent();
    return cases.list.cases();
  }

  private void right() {
    list.add("echo/udp/4.1", "sends", "it sends a datagram", start(), awaitFirst());
    list.add(
        "echo/udp/4.2",
        "right-echo",
        "every datagram comes back",
        needExitStatus(),
        start(),
        awaitFirst(),
        echoToSuccess());
    list.add(
        "echo/udp/4.7",
        "no-answer-to-answers",
        "a datagram that it did not ask for",
        start(),
        awaitFirst(),
        sendStray());
    list.add(
        "echo/udp/4.8",
        "doubled",
        "every datagram comes back twice",
        needExitStatus(),
        start(),
        awaitFirst(),
        echoTwiceToSuccess());
    list.add(
        "echo/udp/4.9",
        "as-long-as-limit",
        "how long its longest datagram is",
        start(),
        awaitFirst(),
        expectLongest(128));
  }

  private void wrong() {
    list.add(
        "echo/udp/4.3",
        "changed",
        "datagrams come back with a bit changed",
        needExitStatus(),
        start(),
        awaitFirst(),
        echoChanged(),
        expectFailure(LONGEST_TIMEOUT));
    list.add(
        "echo/udp/4.3",
        "shortened",
        "datagrams come back without their last byte",
        needExitStatus(),
        start(),
        awaitFirst(),
        echoShortened(),
        expectFailure(LONGEST_TIMEOUT));
    damaged("later", "only datagrams after the first come back changed", echoLaterOnesChanged());
    damaged("last", "only the last datagram comes back changed", echoLastOneChanged());
    damaged("other-case", "letters come back in upper for lower case", echoInOtherCase());
    list.add(
        "echo/udp/4.6",
        "stranger",
        "the echo comes from another port",
        needExitStatus(),
        start(),
        awaitFirst(),
        echoFromStranger(),
        expectFailure(LONGEST_TIMEOUT));
  }

  private void damaged(String name, String title, Step<UdpClientScene> damage) {
    list.add(
        "echo/udp/4.3",
        name,
        title,
        needExitStatus(),
        start(),
        awaitFirst(),
        damage,
        expectFailure(LONGEST_TIMEOUT));
  }

  private void absent() {
    list.company(Company.WAITING);
    list.add(
        "echo/udp/4.4",
        "silence",
        "nothing comes back",
        needExitStatus(),
        start(),
        awaitFirst(),
        silence(),
        expectFailure(LONGEST_TIMEOUT));
    list.company(Company.ALONE);
    list.add(
        "echo/udp/4.4",
        "nobody",
        "nothing has the port",
        needExitStatus(),
        startAtDeadPort(),
        expectFailure(LONGEST_TIMEOUT));
    list.add(
        "echo/udp/4.5",
        "lost",
        "the first datagram is lost",
        needExitStatus(),
        start(),
        awaitFirst(),
        loseFirst());
  }
}
