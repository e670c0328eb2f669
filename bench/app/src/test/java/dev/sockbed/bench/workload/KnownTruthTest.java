package dev.sockbed.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.measure.LinkMeasurement;
import dev.sockbed.bench.link.measure.LinkPlan;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Links of which it is known, by how they are made, what meets a need. All are relays, where
 * nothing of a TCP stream is lost. A busy machine may keep an answer from being told, but never
 * turns it: then it is asked again with more time.
 */
@Tag("socket")
final class KnownTruthTest {
  private static final int MESSAGES = 25;
  private static final int TRIALS = 6;
  private static final List<Integer> DEADLINES_SECONDS = List.of(2, 5, 12, 25);

  private static final Map<Truth, WorkloadFinding> FOUND = new EnumMap<>(Truth.class);

  /** What is known of a link, and what has to be found. */
  enum Truth {
    ALL_DO("delay=1ms", 0.5, "tcp, udp and udp+retry meet the need"),
    /** The relay's delays take a minute. */
    NONE_DOES("delay=30s", 0.5, "tcp, udp and udp+retry do not meet the need"),
    /** 0.7² of the datagrams come back, and of four to six attempts nearly all. */
    ONLY_WHAT_IS_SENT_AGAIN("loss=30%", 0.7, "tcp and udp+retry meet the need; udp does not"),
    /** 0.1² of the datagrams come back, and of six attempts one in twenty. */
    ONLY_TCP("loss=90%", 0.6, "tcp meets the need; udp and udp+retry do not");

    private final String link;
    private final double mustArrive;
    private final String answer;

    Truth(String link, double mustArrive, String answer) {
      this.link = link;
      this.mustArrive = mustArrive;
      this.answer = answer;
    }

    WorkloadFinding found() throws IOException {
      WorkloadFinding found = found(DEADLINES_SECONDS.getFirst());
      for (int seconds : DEADLINES_SECONDS.subList(1, DEADLINES_SECONDS.size())) {
        if (!found.text().contains("can't be told")) {
          return found;
        }
        found = found(seconds);
      }
      return found;
    }

    private WorkloadFinding found(int seconds) throws IOException {
      Duration deadline = Duration.ofSeconds(seconds);
      LinkSpec spec = LinkText.parse(link);
      Workload need = new Workload("own", 32, 100, 1, deadline, mustArrive, spec);
      LinkPlan plan =
          new LinkPlan(
              Variant.OVER_LINKS,
              spec,
              LinkMode.RELAY,
              1,
              MESSAGES,
              need.sizeBytes(),
              need.ratePerSecond(),
              need.connections(),
              deadline,
              deadline.plusMillis(200),
              0,
              Duration.ZERO,
              TRIALS,
              TRIALS,
              0);
      return WorkloadAnswers.of(
          need, Variant.OVER_LINKS, LinkMeasurement.some(plan, 1, () -> false));
    }
  }

  /** All at the same time: most of it is waiting. */
  @BeforeAll
  static void measure() throws InterruptedException, ExecutionException {
    Leftovers leftovers = Leftovers.lookNow();
    Map<Truth, FutureTask<WorkloadFinding>> tasks = new EnumMap<>(Truth.class);
    for (Truth truth : Truth.values()) {
      FutureTask<WorkloadFinding> task = new FutureTask<>(truth::found);
      tasks.put(truth, task);
      Thread.ofPlatform().daemon().name("known-truth-" + truth).start(task);
    }
    for (Truth truth : Truth.values()) {
      FOUND.put(truth, Objects.requireNonNull(tasks.get(truth)).get());
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource(Truth.class)
  void whatIsKnownOfALinkIsFound(Truth truth) {
    WorkloadFinding found = Objects.requireNonNull(FOUND.get(truth));

    assertThat(found.text())
        .as(Arrays.toString(found.variants().toArray()))
        .isEqualTo(truth.answer);
  }
}
