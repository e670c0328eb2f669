package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.Violation;
import dev.sockbed.bench.conformance.peers.TcpCheckPeer;
import dev.sockbed.bench.conformance.peers.TcpEnd;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a server, right or wrong, does to a TCP client.
 *
 * @see UdpClientSteps
 */
final class TcpClientSteps {
  /** When nothing more has come for so long, the client waits for its echo. */
  private static final Duration MESSAGE_IS_WHOLE = Duration.ofMillis(150);

  private TcpClientSteps() {}

  static Step<TcpClientScene> accept() {
    return new Step<>("the client connects", TcpClientScene::accept);
  }

  /** Its first bytes are left to be echoed. */
  static Step<TcpClientScene> expectBytes() {
    return new Step<>(
        "the client sends at least a byte",
        scene -> {
          scene.awaitSpeaker();
        });
  }

  /** All that comes goes back at once, on every connection, until the client has ended. */
  static Step<TcpClientScene> echo() {
    return echo("everything goes back at once", TcpEchoing.right());
  }

  static Step<TcpClientScene> echoByteByByte() {
    return echo(
        "everything goes back, of the first 4 KiB each byte in a write of its own",
        TcpEchoing.inPieces(1, Duration.ZERO, 4 << 10));
  }

  static Step<TcpClientScene> echoInPieces(int pieceBytes, Duration pause) {
    return echo(
        "everything goes back, of the first 4 KiB %d bytes at a time with pauses of %d ms"
            .formatted(pieceBytes, pause.toMillis()),
        TcpEchoing.inPieces(pieceBytes, pause, 4 << 10));
  }

  private static Step<TcpClientScene> echo(String text, TcpEchoing.Answer answer) {
    return new Step<>(text, scene -> TcpEchoing.serve(scene, answer));
  }

  /** The whole of a message, as far as can be told, comes back changed; nothing more after it. */
  static Step<TcpClientScene> echoChanged(String text, Change change) {
    return new Step<>(
        text,
        scene -> {
          TcpCheckPeer peer = scene.peer();
          byte[] message = message(scene);
          peer.send(change.of(message));
        });
  }

  static Step<TcpClientScene> endStream() {
    return new Step<>("the stream ends (FIN)", scene -> scene.peer().halfClose());
  }

  static Step<TcpClientScene> breakOff() {
    return new Step<>("the connection is broken off (RST)", scene -> scene.peer().reset());
  }

  static Step<TcpClientScene> takeMessage() {
    return new Step<>("the client's message is taken, and not sent back", TcpClientSteps::message);
  }

  static Step<TcpClientScene> expectLongMessage(int bytes) {
    return new Step<>(
        "the client's first message is longer than " + bytes + " bytes",
        scene -> {
          int length = message(scene).length;
          if (length <= bytes) {
            throw Violation.of("its first message has %,d bytes".formatted(length));
          }
        });
  }

  private static byte[] message(TcpClientScene scene) throws Violation, InterruptedException {
    return scene.awaitSpeaker().receiveUntilQuiet(MESSAGE_IS_WHOLE, scene.limits().patience());
  }

  static Step<TcpClientScene> expectFin() {
    return new Step<>(
        "the client closes by FIN",
        scene -> {
          Duration patience = scene.limits().patience();
          for (TcpCheckPeer peer : scene.accepted()) {
            TcpEnd end = peer.awaitEnd(patience);
            if (end == null) {
              throw Violation.late("it does not close", patience);
            }
            if (end != TcpEnd.FIN) {
              throw Violation.of("it closed by " + end.label());
            }
          }
        });
  }

  /** What goes back in the place of a message. */
  @FunctionalInterface
  interface Change {
    /** Other bytes; the message itself is not to be changed. */
    byte[] of(byte[] message);

    /** One bit of one byte is another; {@code at} counts from the end if it is negative. */
    static Change bitAt(int at) {
      return message -> {
        byte[] changed = message.clone();
        changed[at < 0 ? message.length + at : at] ^= 1;
        return changed;
      };
    }

    /** The last byte is missing. */
    static Change withoutLast() {
      return message -> Arrays.copyOf(message, message.length - 1);
    }
  }
}
