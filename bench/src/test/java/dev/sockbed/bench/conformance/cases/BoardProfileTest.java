package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Verdict;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each profile breaks the sentences that its board breaks, and no others. */
@Tag("socket")
class BoardProfileTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(30), 128);
  private static final ExecutorService CHECKERS = Executors.newVirtualThreadPerTaskExecutor();

  // All are begun at once, since most of the time is spent waiting.
  private static final Future<Set<String>> LESSON = failed(BoardProfile.LESSON, Transport.TCP);
  private static final Future<Set<String>> LESSON_2 = failed(BoardProfile.LESSON_2, Transport.TCP);
  private static final Future<Set<String>> K230 = failed(BoardProfile.K230, Transport.TCP);
  private static final Future<Set<String>> K230_UDP = failed(BoardProfile.K230, Transport.UDP);

  @AfterAll
  static void endChecking() {
    CHECKERS.shutdownNow();
  }

  @Test
  void theLessonsFirstProgramDoesNotNoticeACloseAndAnswersIt() throws Exception {
    assertThat(LESSON.get(3, TimeUnit.MINUTES))
        .containsExactlyInAnyOrder("device/4.1", "device/4.2");
  }

  @Test
  void theLessonsLaterProgramIsRightOverTcp() throws Exception {
    assertThat(LESSON_2.get(3, TimeUnit.MINUTES)).isEmpty();
  }

  @Test
  void theK230DoesNotNoticeAClose() throws Exception {
    assertThat(K230.get(3, TimeUnit.MINUTES)).containsExactly("device/4.1");
  }

  @Test
  void theK230MergesDatagramsAndTakesAnEmptyOneForNothing() throws Exception {
    assertThat(K230_UDP.get(3, TimeUnit.MINUTES)).contains("device/2.5", "device/2.6");
  }

  private static Future<Set<String>> failed(BoardProfile profile, Transport transport) {
    return CHECKERS.submit(() ->
        Checks.client(transport, RightClients.board(ThreadKind.VIRTUAL, profile), LIMITS, "device/")
            .stream()
            .filter(result -> result.verdict() == Verdict.FAIL)
            .map(CaseResult::rule)
            .collect(Collectors.toSet()));
  }
}
