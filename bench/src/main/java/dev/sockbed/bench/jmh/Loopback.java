package dev.sockbed.bench.jmh;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What all benchmarks here share: how JMH runs them, and the check on what they counted. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgs = {
      // No collector's threads beside the measured ones.
      "-XX:+UseSerialGC",
      "--enable-native-access=ALL-UNNAMED",
      "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public abstract class Loopback {
  /** Longer than any pause of a busy machine; only a fault takes as long. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Any free port of the loopback interface. */
  static Address anyPort(Transport transport) {
    return new Address(transport, "127.0.0.1", 0);
  }

  /**
   * Compares what the client counted with what the other side saw.
   *
   * @throws IllegalStateException if they differ, or nothing happened at all
   */
  static void check(String what, long counted, long seen) {
    if (counted != seen || counted == 0) {
      throw new IllegalStateException(
          what + ": the benchmark counted " + counted + ", the server saw " + seen);
    }
  }
}
