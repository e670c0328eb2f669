package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection costs before it is made: ten thousand of them are to fit into 256 MiB. */
@Tag("unit")
class ConnectionMemoryTest {
  private static final int CONNECTIONS = 1_000;
  private static final long MOST_BYTES = 8 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:9", "udp://127.0.0.1:9"})
  void aConnectionWithOneMessageInFlightTakesLittleMemory(String target) {
    LoadPlan plan = LoadPlan.of(Address.parse(target));
    bytesOf(plan); // Loads the classes.

    long some = bytesOf(plan.withConnections(CONNECTIONS));
    long twice = bytesOf(plan.withConnections(2 * CONNECTIONS));

    // The histograms, which many connections share, are in both.
    assertThat((twice - some) / CONNECTIONS).isPositive().isLessThan(MOST_BYTES);
  }

  private static long bytesOf(LoadPlan plan) {
    long before = heapBytes() + directBytes();
    LoadRun run = new LoadRun(plan);
    long bytes = heapBytes() + directBytes() - before;
    run.cancel();
    return bytes;
  }

  private static long heapBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
