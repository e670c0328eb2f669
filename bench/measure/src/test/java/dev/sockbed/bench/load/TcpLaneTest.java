package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages out of a stream, wherever it was split. */
@Tag("socket")
class TcpLaneTest {
  private static final MessageSizes SIZES = MessageSizes.of(3, 17, 8);

  @Test
  void messagesAreWholeWhereverTheStreamIsSplit() throws IOException {
    // Waiting for the first part to be handed on before the second is sent makes the split real.
    try (TcpTestPeer peer = TcpTestPeer.start(TcpLaneTest::splitInTwo)) {
      for (int split = 1; split < 28; split++) {
        assertThat(exchange(peer, 128, split)).as("split at %d", split).isEqualTo(sent());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5", "16", "27", "28", "128"})
  void messagesAreWholeWhateverTheReceiveLimit(int limit) throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.TCP)) {
      assertThat(exchange(peer, limit, 0)).isEqualTo(sent());
    }
  }

  @Test
  void bytesBeyondWhatWasSentAreNotTakenForAMessage() throws IOException {
    TcpTestPeer.Rule twice =
        (in, out) -> {
          for (int i = 0; i < 3; i++) {
            byte[] bytes = in.readNBytes(SIZES.at(i));
            out.write(bytes);
            out.write(bytes);
          }
          in.read();
        };
    try (TcpTestPeer peer = TcpTestPeer.start(twice)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withSizes(SIZES)
              .withWarmup(Duration.ZERO)
              .withDeadline(Duration.ofSeconds(30))
              .withStop(new Stop.AfterCount(3));
      LoadResult result = new LoadRun(plan).run(Progress.NONE);

      assertThat(result.outcomes().total()).isEqualTo(3);
      assertThat(result.outcomes().ok()).isPositive();
      assertThat(result.strays() + result.outcomes().corrupt()).isPositive();
    }
  }

  /** Takes the 28 bytes of three messages and where to split them; waits for a byte in between. */
  private static void splitInTwo(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = in.readNBytes(29);
    int split = bytes[28];
    out.write(bytes, 0, split);
    out.flush();
    in.read();
    out.write(bytes, split, 28 - split);
    in.read();
  }

  /** Sends three messages, and how to split them if that is asked for; collects what comes. */
  private static List<String> exchange(TestPeer peer, int limit, int split) throws IOException {
    List<String> received = new ArrayList<>();
    TcpLane lane = new TcpLane(peer.address(), TcpConfig.DEFAULT.withReceiveLimit(limit), SIZES);
    lane.connect();
    try {
      for (int i = 0; i < 3; i++) {
        lane.send(ByteBuffer.wrap(bytes(i)), i);
      }
      if (split > 0) {
        lane.send(ByteBuffer.wrap(new byte[] {(byte) split}), 3);
      }
      boolean goOn = split > 0;
      int messages = 0;
      while (messages < 3) {
        messages +=
            lane.receive((message, cut, receivedNanos, order) -> {
              received.add(order + " " + hex(message));
              return true;
            });
        if (goOn) {
          lane.send(ByteBuffer.allocate(1), 4);
          goOn = false;
        }
      }
    } finally {
      lane.close();
    }
    return received;
  }

  private static List<String> sent() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sent.add(i + " " + HexFormat.of().formatHex(bytes(i)));
    }
    return sent;
  }

  private static byte[] bytes(int sequence) {
    ByteBuffer message = ByteBuffer.allocate(32);
    new ProbeMessage(32).write(message, SIZES.at(sequence), sequence);
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return bytes;
  }

  private static String hex(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
