package dev.sockbed.server.assistant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.Mode;
import dev.sockbed.server.assistant.SessionSetup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How quickly a command is done while a peer floods. */
@Tag("timing")
final class FloodLatencyTest {
  /** 200 connections, of which the first floods. */
  private static final String FLOOD =
      """
      import socket, sys
      crowd = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for i in range(200)]
      print('connected')
      while True:
          crowd[0].sendall(b'f' * 16384)
      """;

  private static final String TO_THE_THIRD =
      """
      {"do":"send","to":[3],"text":"x","as":"plain"}
      """;

  @Test
  void halfOfAllCommandsAreDoneInAFifthOfASecond() throws Exception {
    Assistant assistant = new Assistant(false);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    PageServer.Options options = new PageServer.Options("127.0.0.1", false, null);
    try (PageServer page = PageServer.start(assistant, List.of(anyPort), options);
        CommandClient commands = new CommandClient(page)) {
      assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
      String local = String.valueOf(assistant.state().localAddress());
      try (Peer flood = Peer.python(FLOOD, Address.parse(local).port())) {
        flood.awaitOutput("connected");
        await().until(() -> assistant.state().peers().size() == 200);
        await().until(() -> assistant.transcript().dropped() > 0);

        assertThat(medianMillis(commands)).isLessThan(200);
      }
    } finally {
      assistant.close();
    }
  }

  /** Of many commands, the median, since one slow moment is the machine's. */
  private static long medianMillis(CommandClient commands) {
    long[] millis = new long[15];
    for (int i = 0; i < millis.length; i++) {
      long begin = System.nanoTime();
      assertThat(commands.post(TO_THE_THIRD)).isEqualTo(204);
      millis[i] = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
    Arrays.sort(millis);
    return millis[millis.length / 2];
  }
}
