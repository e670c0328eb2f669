package dev.sockbed.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the program does before it is connected. */
@Timeout(60)
@Tag("unit")
class BoardLinkTest {
  private static final LinkState DOWN = new LinkState.Down("test0 is down");
  private static final LinkState WITHOUT_ADDRESS = new LinkState.Down("test0 has no address");
  private static final LinkState UP = new LinkState.Up(TestBoard.INFORMATION);

  /** Nothing listens there: a program that gets as far as connecting is refused. */
  private static final Address NOBODY = Address.parse("tcp://127.0.0.1:1");

  private static final List<String> THREE_BLINKS =
      Collections.nCopies(3, List.of("light on", "slept PT0.3S", "light off", "slept PT0.3S"))
          .stream()
          .flatMap(List::stream)
          .toList();

  private final TestBoard board = new TestBoard();

  @Test
  void theProgramWaitsForTheLinkAndThenForAnAddress() {
    Board slow = board.board(List.of(DOWN, DOWN, WITHOUT_ADDRESS, UP));

    assertThatThrownBy(() -> program(slow, Duration.ofSeconds(10)).run())
        .isInstanceOf(SocketFailure.class)
        .hasMessageContaining("refused");

    assertThat(board.events)
        .containsExactly(
            "waiting at most 10s: test0 is down",
            "slept PT0.1S",
            "slept PT0.1S",
            "slept PT0.1S",
            "light on",
            "joined test0",
            "network information: ('192.0.2.7', '255.255.255.0', '192.0.2.1', '192.0.2.53')",
            "light off");
  }

  @Test
  void aLinkThatDoesNotComeUpInTimeMakesTheLightBlinkThreeTimes() {
    Board deaf = board.board(List.of(DOWN, WITHOUT_ADDRESS));

    assertThatThrownBy(() -> program(deaf, Duration.ofMillis(250)).run())
        .isInstanceOf(LinkDownException.class)
        .hasMessage(
            "test0 has no address, and --link-timeout 250ms is over; join the network first");

    List<String> expected = new ArrayList<>();
    expected.add("waiting at most 250ms: test0 is down");
    expected.addAll(Collections.nCopies(3, "slept PT0.1S"));
    expected.addAll(THREE_BLINKS);
    expected.add("light off");
    assertThat(board.events).isEqualTo(expected);
  }

  @Test
  void aLinkTimeoutOfZeroLooksOnce() {
    assertThatThrownBy(() -> program(board.board(List.of(DOWN)), Duration.ZERO).run())
        .isInstanceOf(LinkDownException.class);
    assertThatThrownBy(() -> program(board.board(List.of(UP)), Duration.ZERO).run())
        .isInstanceOf(SocketFailure.class);
  }

  @Test
  void anInterfaceThatIsNotThereIsToldAtOnceAndTheLightBlinksThreeTimes() {
    NetworkLink link = new HostLink(NOBODY, LocalEnd.ANY, "nosuch0", Path.of("/"));
    Board parts = board.board();
    Board lost = new Board(link, parts.light(), parts.time(), parts.screen(), parts.console());

    assertThatThrownBy(() -> program(lost, Duration.ofSeconds(10)).run())
        .isInstanceOf(LinkDownException.class)
        .hasMessageMatching("there is no interface 'nosuch0', only .*lo.*");

    assertThat(board.events).startsWith(THREE_BLINKS.toArray(String[]::new));
  }

  private static BoardProgram program(Board board, Duration linkTimeout) {
    return new BoardProgram(
        board,
        new BoardSettings(
            NOBODY,
            TcpConfig.DEFAULT,
            linkTimeout,
            BoardSettings.DEFAULT_GREETING,
            BoardSettings.DEFAULT_REPLY_PREFIX,
            Duration.ZERO,
            BoardSettings.WITHOUT_END));
  }
}
