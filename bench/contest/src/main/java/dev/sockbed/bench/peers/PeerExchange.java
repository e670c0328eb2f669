package dev.sockbed.bench.peers;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.CpuAffinity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one round of messages takes there and back, by each contestant: with one connection and
 * one message it is the round trip. {@code bench --peers} runs it in turns and prints the ratios.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 350, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PeerExchange {
  private static final int ROUNDS = 50;

  /** Whose sockets. {@code SOCKBED_LOOP}, which is for TCP alone, has its turn when it is named. */
  @Param({"SOCKBED", "CHANNELS", "JAVA_NET", "NETTY"})
  public Contestant contestant;

  /** Over which transport. */
  @Param public Transport transport;

  /** Bytes a message. */
  @Param("128")
  public int payload;

  /** How both ends wait, as on the command line. */
  @Param("block")
  public String waiting;

  /** How many messages a system call carries, as on the command line. */
  @Param("plain")
  public String io;

  /** Sockets of the client. */
  @Param("1")
  public int connections;

  /** Messages under way on each. */
  @Param("1")
  public int window;

  /** Where the ends run. */
  @Param("TOGETHER")
  public Placement placement;

  /** The two processors to choose from, as in {@code 0,1}; or {@code free}. */
  @Param("free")
  public String cpus;

  private Contest contest;
  private long expected;

  /** Opens both ends, each on its processor: threads inherit those of who starts them. */
  @Setup
  public void open() throws IOException {
    Setting setting =
        new Setting(
            transport,
            payload,
            WaitStrategy.parse(waiting),
            IoMode.valueOf(io.toUpperCase(Locale.ROOT)),
            connections,
            window,
            placement);
    if (!contestant.supports(setting)) {
      throw new IllegalArgumentException(contestant.label() + " can't do: " + setting);
    }
    expected = (long) ROUNDS * setting.messages() * payload;
    pin(placement.processors() - 1);
    contest = contestant.open(setting);
    pin(0);
  }

  private void pin(int which) {
    if (!cpus.equals("free")) {
      String number = cpus.split(",", -1)[which];
      CpuAffinity.pin(List.of(Integer.valueOf(number)));
    }
  }

  /** Closes both ends. */
  @TearDown
  public void close() throws IOException {
    contest.close();
  }

  /** Some rounds, so that what a run costs by itself does not count. */
  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public long rounds(RoundTimes times) throws Exception {
    long received = contest.run(ROUNDS, times);
    if (received != expected) {
      throw new IllegalStateException("of " + expected + " bytes came back " + received);
    }
    return received;
  }
}
