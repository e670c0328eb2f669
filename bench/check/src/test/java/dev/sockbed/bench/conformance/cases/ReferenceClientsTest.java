package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.WaitStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our own clients, and the board's program, pass every case. */
@Tag("socket")
class ReferenceClientsTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(30), 128);

  /** Plain, and batched where the system has that. */
  private static final Set<IoMode> REACHABLE = EnumSet.of(IoMode.PLAIN, IoMode.AUTO.onThisSystem());

  /** All at once, since most of the time is spent waiting. */
  @Test
  void allPassOnBothKindsOfThreadsHoweverTheyWait() throws Exception {
    List<Future<List<CaseResult>>> checks = new ArrayList<>();
    try (ExecutorService checkers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Transport transport : Transport.values()) {
        for (ThreadKind threads : ThreadKind.values()) {
          String echo = "echo/" + transport.scheme() + "/";
          for (IoMode io : REACHABLE) {
            for (WaitStrategy waiting : RightClients.WAYS_TO_WAIT) {
              InProcess client = RightClients.echo(threads, io, waiting);
              checks.add(
                  checkers.submit(() -> Checks.client(transport, client, LIMITS, echo, 1, 4)));
            }
          }
          checks.add(
              checkers.submit(
                  () -> Checks.client(transport, RightClients.board(threads), LIMITS, "device/")));
        }
      }
      for (Future<List<CaseResult>> check : checks) {
        Checks.assertRight(check.get(4, TimeUnit.MINUTES));
      }
    }
  }
}
