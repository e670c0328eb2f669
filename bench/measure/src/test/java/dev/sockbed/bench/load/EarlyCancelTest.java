package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is cancelled before it begins. */
@Timeout(60)
@Tag("socket")
class EarlyCancelTest {
  @ParameterizedTest
  @EnumSource(Transport.class)
  void aRunCancelledBeforeItBeginsEndsAtOnce(Transport transport) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadRun run = new LoadRun(LoadPlan.of(peer.address()).withStop(RunningLoad.LONG));
      run.cancel();

      LoadResult result = run.run(Progress.NONE);

      assertThat(result.cancelled()).isTrue();
      assertThat(result.outcomes().total()).isEqualTo(result.sent());
    }
    leftovers.assertNone();
  }

  @Test
  void aRunCancelledBeforeItBeginsConnectsToNobody() throws IOException {
    TestPeer peer = TestPeer.echo(Transport.TCP);
    peer.stop();
    LoadRun run = new LoadRun(LoadPlan.of(peer.address()));
    run.cancel();

    LoadResult result = run.run(Progress.NONE);

    assertThat(result.cancelled()).isTrue();
    assertThat(result.sent()).isZero();
  }
}
