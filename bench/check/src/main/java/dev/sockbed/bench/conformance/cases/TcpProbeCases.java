package dev.sockbed.bench.conformance.cases;

import static dev.sockbed.bench.conformance.cases.ClientSteps.start;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Undecided;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a measuring client's messages must be like over TCP. Each connection is echoed and looked at
 * for itself; one with a single message, such as one that asks who is there, tells nothing of the
 * next.
 *
 * @see UdpProbeCases
 */
final class TcpProbeCases {
  private static final Duration LOOK_WHETHER_ENDED = Duration.ofMillis(50);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final Duration SEEMS_ENDED = Duration.ofSeconds(2);

  /** Of each connection's bytes only the first are looked at: a client may send without end. */
  static final int KEPT_BYTES = 256 << 10;

  /** So much goes back at a time: a client that does not read leaves it with its thread. */
  private static final int ECHOED_BYTES = 16 << 10;

  /** A client may connect without end, too. */
  static final int MOST_CONNECTIONS = 200;

  private TcpProbeCases() {}

  static List<Case<TcpClientScene>> of(Protocol protocol) {
    CaseList<TcpClientScene> list = new CaseList<>(protocol, Role.CLIENT, Transport.TCP);
    list.add(
        "probe/1.1",
        "tcp-header",
        "each message begins with a number",
        start(),
        look("every message has a header", ProbeMessages::checkHeaders));
    list.add(
        "probe/1.2",
        "tcp-sequence",
        "the numbers rise",
        start(),
        look("the sequence numbers rise", ProbeMessages::checkSequence));
    list.add(
        "probe/1.3",
        "tcp-time",
        "the times do not go back",
        start(),
        look("the send times do not go back", ProbeMessages::checkTimes));
    list.add(
        "probe/1.4",
        "tcp-fill",
        "the fill is what the number says",
        start(),
        look("the fill is right", ProbeMessages::checkFill));
    return list.cases();
  }

  private static Step<TcpClientScene> look(String text, Look look) {
    return new Step<>(
        "the client's connections are echoed; " + text,
        scene -> {
          int most = 0;
          for (ProbeStream stream : streams(scene)) {
            ProbeMessages messages = ProbeMessages.of(stream.bytes(), stream.elapsedNanos());
            most = Math.max(most, messages.count());
            look.at(messages);
          }
          if (most < 2) {
            throw Undecided.inconclusive("the client sent no two messages on one connection");
          }
        });
  }

  /** What each connection brought, while it was echoed. */
  static List<ProbeStream> streams(TcpClientScene scene)
      throws Violation, Undecided, InterruptedException {
    List<ProbeStream> streams = new ArrayList<>();
    long deadline = System.nanoTime() + scene.limits().patience().toNanos();
    boolean visible = scene.subject().endsVisibly();
    TcpCheckPeer peer = scene.accept();
    while (peer != null && streams.size() < MOST_CONNECTIONS) {
      ProbeStream stream = new ProbeStream(KEPT_BYTES);
      streams.add(stream);
      echo(peer, stream);
      do {
        peer = scene.acceptWithin(visible ? LOOK_WHETHER_ENDED : SEEMS_ENDED);
      } while (peer == null
          && visible
          && scene.running().awaitExit(Duration.ZERO) == null
          && System.nanoTime() < deadline);
    }
    return streams;
  }

  private static void echo(TcpCheckPeer peer, ProbeStream into) {
    ThreadKind.VIRTUAL.start(
        "sockbed-check-echo",
        () -> {
          try {
            byte[] bytes = peer.receiveSome(ECHOED_BYTES, LONGEST_SILENCE);
            while (bytes.length > 0) {
              into.add(bytes);
              into.holdBack();
              peer.send(bytes);
              bytes = peer.receiveSome(ECHOED_BYTES, LONGEST_SILENCE);
            }
          } catch (Violation closed) {
            peer.halfClose(); // A client that closes with echoes under way has its reasons.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Looks at one connection's messages. */
  @FunctionalInterface
  private interface Look {
    void at(ProbeMessages messages) throws Violation;
  }
}
