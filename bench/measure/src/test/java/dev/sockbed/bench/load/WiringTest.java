package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sockbed.common.Address;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan needs before its first message. */
@Tag("unit")
class WiringTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:9", "udp://127.0.0.1:9"})
  void aConnectionWithOneMessageInFlightTakesAFewKilobytes(String target) {
    LoadPlan plan = LoadPlan.of(Address.parse(target));
    long one = bytesFor(plan.withConnections(1_000));
    long other = bytesFor(plan.withConnections(2_000));

    assertThat((other - one) / 1_000).isLessThan(5_000);
  }

  private static long bytesFor(LoadPlan plan) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(new Wiring(plan).conversations()).hasSize(plan.connections());
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
