package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.CaseResult;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.Company;
import dev.sockbed.bench.conformance.Level;
import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.bench.conformance.Rule;
import dev.sockbed.bench.conformance.Step;
import dev.sockbed.bench.conformance.run.Runner;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A slow client is rehearsed by one of the cases that run beside each other. */
@Tag("timing")
class RehearsalTest {
  private static final Limits LIMITS = Limits.of(Duration.ofSeconds(2), 128);
  private static final Address LOCAL = new Address(Transport.TCP, "127.0.0.1", 0);

  /** Longer than the deadline, with no silence that is. */
  private static final int MESSAGES = 40;

  private static final Duration PAUSE = Duration.ofMillis(100);

  @Test
  void waitingForAnotherCasesRehearsalIsNotCountedAgainstTheClient() throws Exception {
    AtomicInteger started = new AtomicInteger();
    InProcess client =
        new InProcess(
            ThreadKind.VIRTUAL,
            server -> {
              started.incrementAndGet();
              return talkSlowly(server);
            });
    Rehearsal rehearsal = new Rehearsal();
    Runner runner = new Runner(LIMITS.deadline(), 1, 3, false, _ -> {});

    List<CaseResult> results =
        runner.run(
            List.of(rehearsing("a"), rehearsing("b"), rehearsing("c")),
            () -> opened(client, rehearsal));

    assertThat(results)
        .as(Checks.told(results))
        .hasSize(3)
        .allMatch(result -> result.verdict() == CaseVerdict.PASS);
    assertThat(started).as("rehearsed once for all").hasValue(1);
  }

  private static Case<TcpClientScene> rehearsing(String name) {
    return new Case<>(
        "echo/tcp/4.2/" + name,
        new Rule("echo/tcp/4.2", Level.MUST, "The client MUST notice it."),
        Role.CLIENT,
        Transport.TCP,
        "a case",
        Company.ALONE,
        List.of(
            new Step<>(
                "the client talks to a right server", scene -> scene.rehearsal().with(scene))));
  }

  private static int talkSlowly(Address server) throws IOException, InterruptedException {
    try (Socket socket = new Socket(server.host(), server.port())) {
      for (int i = 0; i < MESSAGES; i++) {
        socket.getOutputStream().write(i);
        if (socket.getInputStream().read() != i) {
          return 1;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
    return 0;
  }

  private static TcpClientScene opened(InProcess client, Rehearsal rehearsal) {
    try {
      return TcpClientScene.atItsOwnPort(LOCAL.resolve(), client, LIMITS, rehearsal);
    } catch (SocketFailure e) {
      throw new UncheckedIOException(e);
    }
  }
}
