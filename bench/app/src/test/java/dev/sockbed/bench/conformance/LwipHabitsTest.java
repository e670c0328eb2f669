package dev.sockbed.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.testing.Peer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lwIP's socket calls say when something happens at the other end: the column of the table in
 * {@code docs/protocol.md}, cell for cell.
 */
@Tag("process")
class LwipHabitsTest {
  private static final String SCRIPT =
      """
      python3 "$2" 192.168.7.1 7000 >"$1.peer" &
      trap 'kill $!' EXIT
      until grep -q listening "$1.peer"; do kill -0 $!; sleep 0.1; done
      "$1" 192.168.7.1 7000
      """;

  private static final String UNREAD = "of 200 datagrams unread: ";

  /** What a socket's mailbox of 128 entries holds; a busy machine's stack may drop more. */
  private static final int QUEUE = 127;

  @TempDir private Path folder;

  @Test
  void theTableHasWhatTheStackSays() {
    LwipNetwork.require();
    Path habits = folder.resolve("habits");
    LwipNetwork.compile(Path.of("src/test/c/lwip_habits.c"), habits);
    List<String> arguments = List.of(habits.toString(), "src/test/python/lwip_peer.py");
    try (Peer program = LwipNetwork.start(SCRIPT, arguments)) {
      assertThat(program.awaitExit()).as(program.errors()).isZero();
      assertThat(program.output().lines().filter(line -> !line.startsWith(UNREAD)))
          .containsExactly(
              "FIN: 0",
              "FIN, again: errno 107",
              "RST: errno 104",
              "RST, again: errno 104",
              "send after RST: errno 107",
              "time-out: errno 11",
              "nothing there, not blocking: errno 11",
              "send of 100000: 100000",
              "nothing listens: errno 104",
              "nothing has the port, UDP: errno 11",
              "datagram of 300: 128",
              "recvmsg of 300: 300",
              "MSG_TRUNC: 1",
              "empty datagram: 0",
              "the next one: 4",
              "linger of 0: 0",
              "closed then, nothing outstanding: FIN",
              "of 8 connect to a backlog of 2: 8");
      assertThat(program.output().lines().toList().getLast())
          .startsWith(UNREAD)
          .satisfies(line ->
              assertThat(Integer.parseInt(line.substring(UNREAD.length()))).isBetween(1, QUEUE));
    }
  }
}
