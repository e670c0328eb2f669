package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Judges our own clients again and again, for {@code bench/check-repeats.py}. They run in this
 * process: a Java program for each of thousands of runs would keep the machine busy with starting.
 */
public final class RepeatedChecks {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(30), 128);

  private RepeatedChecks() {}

  /**
   * Prints a line for each case: how many runs passed of how many, its ID, and what was wrong.
   *
   * @param arguments echo or device, tcp or udp, platform or virtual, plain or batched, how often,
   *     how many at a time
   */
  public static void main(String... arguments) throws Exception {
    Transport transport = Transport.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    ThreadKind threads = ThreadKind.valueOf(arguments[2].toUpperCase(Locale.ROOT));
    IoMode io = IoMode.valueOf(arguments[3].toUpperCase(Locale.ROOT));
    boolean echo = arguments[0].equals("echo");
    List<CaseResult> results =
        Checks.client(
            transport,
            echo ? RightClients.echo(threads, io, WaitStrategy.BLOCK) : RightClients.board(threads),
            LIMITS,
            echo ? "echo/" + transport.scheme() + "/" : "device/",
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    for (CaseResult result : results) {
      System.out.printf(
          "%d %d %s %s%n",
          result.passed(), result.runs(), result.id(), result.why() == null ? "" : result.why());
    }
  }
}
