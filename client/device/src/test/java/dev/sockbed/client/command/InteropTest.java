package dev.sockbed.client.command;

import static dev.sockbed.client.testing.Messages.bytes;
import static dev.sockbed.client.testing.Messages.content;
import static dev.sockbed.client.testing.Messages.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.client.EchoClient;
import dev.sockbed.client.testing.EchoProgram;
import dev.sockbed.client.testing.Way;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Call;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients and talk against the servers of others, over IPv4 and IPv6. */
@Timeout(60)
@Tag("process")
class InteropTest {
  static Stream<Arguments> servers() {
    return Stream.of(EchoProgram.values())
        .flatMap(program ->
            Stream.of(Transport.values())
                .flatMap(transport ->
                    Stream.of(AddressFamily.values())
                        .map(family -> Arguments.of(program, transport, family))));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void theClientAndTalkAreEchoed(EchoProgram program, Transport transport, AddressFamily family)
      throws Exception {
    try (EchoProgram.Running server = program.start(transport, family)) {
      exchangeWith(server.address());
      talkTo(server.address());
    }
  }

  private static void exchangeWith(Address server) throws SocketFailure {
    ByteBuffer reply = ByteBuffer.allocate(128);
    try (EchoClient client =
        EchoClient.connect(server, Way.USUAL.config(server.transport()), Duration.ofSeconds(20))) {
      for (int length : new int[] {1, 16, 64, 128}) {
        ByteBuffer request = random(length);
        assertThat(client.exchange(request, reply.clear())).isEqualTo(Outcome.OK);
        assertThat(bytes(reply)).isEqualTo(content(request));
      }
    }
  }

  /**
   * The input ends when the echo is there: ncat's {@code -e} loses what it has not sent by then.
   */
  private static void talkTo(Address server) throws Exception {
    Talking talking = new Talking();
    PipedOutputStream keyboard = new PipedOutputStream();
    PipedInputStream keys = new PipedInputStream(keyboard);
    // Over UDP nothing else ends it; over TCP the peer does, as soon as it is told to.
    String idle = server.transport() == Transport.UDP ? "--idle=100ms" : "--idle=20s";
    Call<Integer> talk =
        Call.start(ThreadKind.PLATFORM, () -> talking.input(keys).to(server, idle));
    keyboard.write("hello, 你好\n".getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
    await()
        .atMost(Call.PATIENCE)
        .untilAsserted(() -> assertThat(talking.output()).isEqualTo("hello, 你好\n"));
    keyboard.close();
    assertThat(talk.result()).as(talking.errors()).isZero();
  }
}
