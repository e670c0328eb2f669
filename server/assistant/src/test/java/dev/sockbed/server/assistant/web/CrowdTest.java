package dev.sockbed.server.assistant.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.common.testing.Peer;
import dev.sockbed.server.assistant.Assistant;
import dev.sockbed.server.assistant.AssistantException;
import dev.sockbed.server.assistant.Bytes;
import dev.sockbed.server.assistant.Fault;
import dev.sockbed.server.assistant.Mode;
import dev.sockbed.server.assistant.SessionSetup;
import dev.sockbed.server.assistant.Target;
import dev.sockbed.server.assistant.Transcript;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
final class CrowdTest {
  /** 200 connections: the first floods, the second never reads, the others count answers. */
  private static final String CROWD =
      """
      import socket, sys, threading
      crowd = [socket.create_connection(('127.0.0.1', int(sys.argv[1]))) for i in range(200)]
      stop = False
      def flood():
          while not stop:
              crowd[0].sendall(b'f' * 16384)
      threading.Thread(target=flood, daemon=True).start()
      print('connected', len(crowd))
      for s in crowd[2:]:
          s.settimeout(15)
          s.sendall(b'hello')
      answered = sum(s.recv(11) == b'I got:hello' for s in crowd[2:])
      print('answered', answered)
      sys.stdin.readline()
      stop = True
      """;

  /** The transcript's 32 MiB of bytes, 10,000 rows, what waits for peers, and room to breathe. */
  private static final long MOST_MEMORY = 100 << 20;

  private static final String RULE =
      """
      {"do":"rules","rules":[
        {"when":"exact","pattern":"hello","reply":"prefix","value":"I got:","as":"plain"}]}
      """;

  private static final String TO_THE_THIRD =
      """
      {"do":"send","to":[3],"text":"x","as":"plain"}
      """;

  @Test
  void twoHundredConnectionsAreServedWhileOneFloodsAndOneNeverReads() throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    long before = usedBytes();
    Assistant assistant = new Assistant(false);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    PageServer.Options options = new PageServer.Options("127.0.0.1", false, null);
    try (PageServer page = PageServer.start(assistant, List.of(anyPort), options);
        CommandClient commands = new CommandClient(page)) {
      assistant.open(SessionSetup.of(Mode.TCP_SERVER, "127.0.0.1", 0));
      String local = String.valueOf(assistant.state().localAddress());
      assertThat(commands.post(RULE)).isEqualTo(204);
      try (Peer crowd = Peer.python(CROWD, Address.parse(local).port())) {
        crowd.awaitOutput("connected 200");
        await().atMost(Peer.PATIENCE).until(() -> assistant.state().peers().size() == 200);
        await().until(() -> assistant.transcript().dropped() > 0);
        fillThePeerThatNeverReads(assistant);
        assertThat(crowd.awaitNumber("answered")).isEqualTo(198);
        assertThat(commands.post(TO_THE_THIRD)).isEqualTo(204);
        // What the flood leaves behind while the memory is looked at is not held.
        await().until(() -> usedBytes() < before + MOST_MEMORY);
        assertThat(assistant.transcript().rows().size()).isLessThanOrEqualTo(Transcript.MOST_ROWS);
        crowd.type("\n");
      }
    } finally {
      assistant.close();
    }
    leftovers.assertNone();
  }

  /** Sends to the second peer until no more is taken for it. */
  private static void fillThePeerThatNeverReads(Assistant assistant) {
    Bytes large = Bytes.of(new byte[1 << 20]);
    await()
        .until(() -> {
          try {
            assistant.send(Target.of(2), large);
            return false;
          } catch (AssistantException e) {
            return e.fault() == Fault.NOT_READING;
          }
        });
  }

  /** What the process holds on to, in bytes. */
  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
