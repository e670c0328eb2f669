package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.EchoServer.Stop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What both servers promise, over every way to wait. */
abstract class EchoServerContract {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  @Parameter Way way = Way.all().findFirst().orElseThrow();

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  abstract Transport transport();

  abstract EchoServer open(Address local) throws SocketFailure;

  abstract Caller call(Address server) throws IOException;

  Address anyPort() {
    return new Address(transport(), "127.0.0.1", 0);
  }

  @Test
  void whatIsSentComesBackAndIsCounted() throws IOException {
    try (EchoServer server = open(anyPort());
        Caller caller = call(server.address())) {
      for (int length : new int[] {1, 16, 64, 128}) {
        byte[] message = message(length, length);
        caller.send(message);
        assertThat(caller.receive(length)).isEqualTo(message);
      }

      ServerCounters counters = server.counters();
      assertThat(counters.bytes()).isEqualTo(1 + 16 + 64 + 128);
      assertThat(counters.receives()).isGreaterThanOrEqualTo(4);
      assertThat(counters.truncated()).isZero();
      assertThat(counters.dropped()).isEmpty();
    }
  }

  @Test
  void callersWhoSayNothingDoNotDelayAnother() throws IOException {
    List<Caller> silent = new ArrayList<>();
    try (EchoServer server = open(anyPort())) {
      // More of them than processors, so that waiting ones may not hold one each.
      for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
        Caller caller = call(server.address());
        silent.add(caller);
        caller.send(message(8, i));
        caller.receive(8);
      }
      try (Caller caller = call(server.address())) {
        caller.send(message(8, 99));
        assertThat(caller.receive(8)).isEqualTo(message(8, 99));
      }
      for (Caller caller : silent) {
        caller.close();
      }
    }
  }

  @Test
  void eachOfManyCallersGetsItsOwnBytes() throws Exception {
    try (EchoServer server = open(anyPort());
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int seed = i;
        calls.add(callers.submit(() -> exchange(server.address(), seed)));
      }
      for (Future<?> call : calls) {
        call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private boolean exchange(Address server, int seed) throws IOException {
    try (Caller caller = call(server)) {
      for (int i = 0; i < 50; i++) {
        byte[] message = ByteBuffer.allocate(100).putInt(seed).putInt(i).array();
        caller.send(message);
        assertThat(caller.receive(100)).isEqualTo(message);
      }
    }
    return true;
  }

  @Test
  void theAddressTellsThePortThatWasPicked() throws IOException {
    try (EchoServer server = open(anyPort())) {
      assertThat(server.address().host()).isEqualTo("127.0.0.1");
      assertThat(server.address().transport()).isEqualTo(transport());
      assertThat(server.address().port()).isPositive();
    }
  }

  @Test
  void aServerNobodyUsesStopsAtOnce() throws IOException {
    EchoServer server = open(anyPort());

    long start = System.nanoTime();
    Stop stop = server.stop(PATIENCE);

    assertThat(stop).isEqualTo(Stop.GRACEFUL);
    assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
  }

  @Test
  void afterTheStopThePortIsFreeAndTheCountersRemain() throws IOException {
    EchoServer server = open(anyPort());
    try (Caller caller = call(server.address())) {
      caller.send(message(5, 5));
      caller.receive(5);
    }
    server.close();

    assertThat(server.counters().bytes()).isEqualTo(5);
    assertThat(server.counters().active()).isZero();
    try (EchoServer next = open(server.address())) {
      assertThat(next.address()).isEqualTo(server.address());
    }
  }

  @Test
  void stoppingAgainAnswersTheSame() throws Exception {
    EchoServer server = open(anyPort());
    try (ExecutorService others = Executors.newFixedThreadPool(2)) {
      Future<Stop> one = others.submit(() -> server.stop(PATIENCE));
      Future<Stop> other = others.submit(() -> server.stop(Duration.ZERO));

      assertThat(one.get()).isEqualTo(Stop.GRACEFUL);
      assertThat(other.get()).isEqualTo(Stop.GRACEFUL);
    }
    assertThat(server.stop(PATIENCE)).isEqualTo(Stop.GRACEFUL);
  }

  @Test
  void anInterruptedStopStillEndsEverythingAndStaysInterrupted() throws IOException {
    EchoServer server = open(anyPort());
    Thread.currentThread().interrupt();

    Stop stop = server.stop(PATIENCE);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stop).isEqualTo(Stop.GRACEFUL);
  }

  @Test
  void aPortInUseIsTold() throws IOException {
    try (EchoServer holder = open(anyPort())) {
      assertThatThrownBy(() -> open(holder.address()))
          .isInstanceOfSatisfying(
              SocketFailure.class, e -> assertThat(e.error()).isEqualTo(SocketError.ADDRESS_IN_USE))
          .hasMessageContaining(holder.address().toString());
    }
  }

  @Test
  void anAddressOfAnotherMachineIsTold() {
    assertThatThrownBy(() -> open(new Address(transport(), "203.0.113.1", 0)))
        .isInstanceOfSatisfying(
            SocketFailure.class,
            e -> assertThat(e.error()).isEqualTo(SocketError.ADDRESS_NOT_AVAILABLE));
  }

  @Test
  void itsThreadsBearItsPort() throws IOException {
    try (EchoServer server = open(anyPort())) {
      String port = String.valueOf(server.address().port());
      // Virtual threads are not among those that a program can list.
      if (way.threads() == ThreadKind.PLATFORM) {
        assertThat(Thread.getAllStackTraces().keySet())
            .extracting(Thread::getName)
            .anyMatch(name -> name.startsWith("sockbed-") && name.endsWith("-" + port));
      }
    }
  }

  /** Waits until a server counted that drop, once, and no other. */
  static void awaitDrop(EchoServer server, DropReason reason) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(server.counters().dropped()).isEqualTo(Map.of(reason, 1L)));
  }

  /** Bytes that differ from those of another length or seed. */
  static byte[] message(int length, int seed) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (i * 31 + seed * 17 + length);
    }
    return message;
  }
}
