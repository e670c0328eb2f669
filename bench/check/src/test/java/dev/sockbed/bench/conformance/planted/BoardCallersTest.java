package dev.sockbed.bench.conformance.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.cases.Checks;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.common.Address;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Boards call servers: right ones pass with each board's habits, wrong ones fail and are told why.
 */
@Tag("socket")
class BoardCallersTest {
  private static final Limits LIMITS = Limits.DEFAULT;

  /** Five seconds of patience: a wrong server is slow to be found wrong. */
  private static final Limits SHORT = Limits.of(Duration.ofSeconds(10), 128);

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @EnumSource
  void ourServersAreRightForEachBoard(BoardProfile profile) throws Exception {
    try (TcpEchoServer tcp =
            TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), TcpEchoServerConfig.DEFAULT);
        UdpEchoServer udp =
            UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), UdpEchoServerConfig.DEFAULT)) {
      Checks.assertRight(Checks.boards(tcp.address(), profile, LIMITS));
      Checks.assertRight(Checks.boards(udp.address(), profile, LIMITS));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void theLessonsBoardDoesNotNoticeThatAServerHasClosed() throws Exception {
    assertThat(why("closes after one message", BoardProfile.LESSON, "echo/tcp/1.1/board-talk"))
        .contains("it ended the connection after 1 answers", "sent 'I got:' again and again");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void theLessonsLaterBoardNotices() throws Exception {
    assertThat(why("closes after one message", BoardProfile.LESSON_2, "echo/tcp/1.1/board-talk"))
        .contains("it ended the connection after 1 of 8 answers (the peer closed)");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void theK230NoticesNothingBeforeASendFails() throws Exception {
    assertThat(why("closes after one message", BoardProfile.K230_A, "echo/tcp/1.1/board-talk"))
        .contains("the board did not notice");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void bytesThatABoardDidNotSendAreShown() throws Exception {
    assertThat(why("sends everything twice", BoardProfile.LESSON_2, "echo/tcp/1.1/board-talk"))
        .contains("byte 15 came back to the board changed");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBoardThatTakesItsTimeHoldsUpAServerOfOneClient() throws Exception {
    assertThat(why("serves one client at a time", BoardProfile.LESSON, "echo/tcp/2.2/board-beside"))
        .contains("0 of 12 bytes came back");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void twoBoardsGetWhatOneOfThemSent() throws Exception {
    assertThat(why("sends what one says to all", BoardProfile.LESSON_2, "echo/tcp/2.3/two-boards"))
        .contains("came back to the board changed");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aServerThatSendsNothingByItselfIsToldWhatToDo() throws Exception {
    try (TcpFixture server =
        TcpFixture.open(
            (caller, _) -> caller.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
      assertThat(failed(server, BoardProfile.LESSON, "echo/tcp/1.1/board-talk"))
          .contains("nothing came back to the board's greeting", "sends back what it gets");
    }
  }

  private static String why(String fault, BoardProfile profile, String id) throws Exception {
    Planted<Supplier<TcpFixture>> planted =
        WrongTcpServers.all().stream()
            .filter(each -> each.fault().equals(fault))
            .findFirst()
            .orElseThrow();
    try (TcpFixture server = planted.program().get()) {
      return failed(server, profile, id);
    }
  }

  private static String failed(TcpFixture server, BoardProfile profile, String id)
      throws Exception {
    String rule = id.substring(0, id.lastIndexOf('/') + 1);
    List<CaseResult> results = Checks.boards(server.address(), profile, SHORT, rule);
    CaseResult result =
        results.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    assertThat(result.verdict()).as(Checks.told(results)).isEqualTo(CaseVerdict.FAIL);
    return result.why() == null ? "" : result.why();
  }
}
