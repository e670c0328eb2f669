package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.ClientSteps.start;
import static dev.sockbed.bench.conformance.cases.UdpClientSteps.awaitFirst;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.Datagram;
import dev.sockbed.common.Transport;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a measuring client's messages must be like over UDP. What comes from one port is looked at
 * for itself.
 *
 * @see TcpProbeCases
 */
final class UdpProbeCases {
  private UdpProbeCases() {}

  static List<Case<UdpClientScene>> of(Protocol protocol) {
    CaseList<UdpClientScene> list = new CaseList<>(protocol, Role.CLIENT, Transport.UDP);
    list.add(
        "probe/1.1",
        "udp-header",
        "each message begins with a number",
        start(),
        awaitFirst(),
        look("every message has a header", ProbeMessages::checkHeaders));
    list.add(
        "probe/1.2",
        "udp-sequence",
        "the numbers rise",
        start(),
        awaitFirst(),
        look("the sequence numbers rise", ProbeMessages::checkSequence));
    list.add(
        "probe/1.3",
        "udp-time",
        "the times do not go back",
        start(),
        awaitFirst(),
        look("the send times do not go back", ProbeMessages::checkTimes));
    list.add(
        "probe/1.4",
        "udp-fill",
        "the fill is what the number says",
        start(),
        awaitFirst(),
        look("the fill is right", ProbeMessages::checkFill));
    return list.cases();
  }

  private static Step<UdpClientScene> look(String text, Look look) {
    return new Step<>(
        "the client's datagrams are echoed; " + text,
        scene -> {
          Map<InetSocketAddress, List<Datagram>> bySender =
              UdpClientSteps.echoAllHeldBack(scene).stream()
                  .collect(
                      Collectors.groupingBy(
                          Datagram::from, LinkedHashMap::new, Collectors.toList()));
          int most = 0;
          for (List<Datagram> datagrams : bySender.values()) {
            ProbeMessages messages =
                ProbeMessages.of(
                    datagrams.stream().map(Datagram::bytes).toList(),
                    datagrams.getLast().atNanos() - datagrams.getFirst().atNanos());
            messages.checkHeaders();
            most = Math.max(most, messages.count());
            look.at(messages);
          }
          if (most < 2) {
            throw Undecided.inconclusive("the client sent no two messages from one port");
          }
        });
  }

  /** Looks at one sender's messages. */
  @FunctionalInterface
  private interface Look {
    void at(ProbeMessages messages) throws Violation;
  }
}
