package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.common.ThreadKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each profile breaks the sentences that its board breaks, and no others. */
@Tag("socket")
class BoardProfileTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(30), 128);
  private static final int AT_A_TIME = 16;
  private static final ExecutorService CHECKERS = Executors.newVirtualThreadPerTaskExecutor();

  // All are begun at once, since most of the time is spent waiting.
  private static final Map<BoardHabits, Future<List<CaseResult>>> FOUND =
      Stream.of(BoardHabits.values())
          .collect(Collectors.toMap(Function.identity(), BoardProfileTest::judged));

  @AfterAll
  static void endChecking() {
    CHECKERS.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void aProfileBreaksWhatItsBoardBreaks(BoardHabits habits) throws Exception {
    Future<List<CaseResult>> found = Objects.requireNonNull(FOUND.get(habits));
    habits.assertFound(found.get(4, TimeUnit.MINUTES));
  }

  private static Future<List<CaseResult>> judged(BoardHabits habits) {
    InProcess board = RightClients.board(ThreadKind.VIRTUAL, BoardProfile.of(habits.profile()));
    return CHECKERS.submit(
        () -> Checks.client(habits.transport(), board, LIMITS, "device/", 1, AT_A_TIME));
  }
}
