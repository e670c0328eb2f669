package dev.sockbed.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.bench.link.transfer.TransferPlan;
import dev.sockbed.bench.link.transfer.Transfers;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Links of which it is known, by how they are made, what brings a file in time. All are relays. A
 * busy machine may keep an answer from being told, but never turn it: then it is asked again.
 */
@Tag("socket")
final class KnownFileTruthTest {
  private static final int BYTES = 30_000;
  private static final int FILES = 12;
  private static final int MOST_TRIES = 4;

  /** What is known of a link, and what has to be found. */
  enum Truth {
    ALL_DO("delay=1ms", Duration.ofSeconds(20), 0.2, "tcp, udp and udp+retry meet the need"),
    /** Of 26 datagrams all would have to come: of a file in 10,000. */
    ONLY_WHAT_IS_SENT_AGAIN(
        "loss=30%", Duration.ofSeconds(20), 0.45, "tcp and udp+retry meet the need; udp does not"),
    NONE_DOES(
        "delay=30s", Duration.ofSeconds(1), 0.5, "tcp, udp and udp+retry do not meet the need");

    private final String link;
    private final Duration deadline;
    private final double mustArrive;
    private final String answer;

    Truth(String link, Duration deadline, double mustArrive, String answer) {
      this.link = link;
      this.deadline = deadline;
      this.mustArrive = mustArrive;
      this.answer = answer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsKnownOfALinkIsFound(Truth truth) throws IOException {
    Leftovers leftovers = Leftovers.lookNow();
    WorkloadFinding found = found(truth, 1);
    for (int seed = 2; seed <= MOST_TRIES && found.text().contains("can't be told"); seed++) {
      found = found(truth, seed);
    }

    assertThat(found.text()).as(found.variants().toString()).isEqualTo(truth.answer);
    leftovers.assertNone();
  }

  private static WorkloadFinding found(Truth truth, int seed) throws IOException {
    List<Direction> both = List.of(Direction.UP, Direction.DOWN);
    FileNeed need =
        new FileNeed(
            "file", BYTES, both, truth.deadline, truth.mustArrive, LinkText.parse(truth.link));
    TransferPlan plan =
        new TransferPlan(
            Variant.OVER_LINKS,
            need.link(),
            LinkMode.RELAY,
            100L * seed,
            BYTES,
            both,
            need.deadline(),
            need.deadline(),
            FILES,
            FILES);
    return FileAnswers.of(need, Variant.OVER_LINKS, Transfers.some(plan, 1, () -> false));
  }
}
