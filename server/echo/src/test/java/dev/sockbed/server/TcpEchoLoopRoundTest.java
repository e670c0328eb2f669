package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.Leftovers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What an event loop does from one wait to the next. */
@Tag("socket")
@Timeout(60)
class TcpEchoLoopRoundTest {
  private static final Address ANY_PORT = new Address(Transport.TCP, "127.0.0.1", 0);
  private static final int CALLERS = 50;
  private static final byte[] MESSAGE = {7};

  private final Leftovers leftovers = Leftovers.lookNow();

  @AfterEach
  void nothingIsLeft() {
    leftovers.assertNone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverFailsInAConnectionEndsThatConnectionAndNoOther(boolean memory) throws Exception {
    try (TcpEchoLoop server =
            TcpEchoLoop.open(
                ANY_PORT, TcpEchoServerConfig.DEFAULT, address -> new Failing(address, memory));
        TcpCaller unlucky = TcpCaller.of(server.address());
        TcpCaller other = TcpCaller.of(server.address())) {
      unlucky.send(MESSAGE);
      assertThat(isClosed(unlucky)).isTrue();

      await().until(() -> server.counters().active() <= 1);
      assertThat(server.counters().dropped(DropReason.CONNECTION_FAILED)).isEqualTo(1);
      other.send(MESSAGE);
      assertThat(other.receive(1)).isEqualTo(MESSAGE);
    }
  }

  /** By a RST, since what it sent was not all taken, or by an end of the stream. */
  private static boolean isClosed(TcpCaller caller) {
    try {
      return caller.receiveAll().length == 0;
    } catch (IOException reset) {
      return String.valueOf(reset.getMessage()).contains("reset");
    }
  }

  @Test
  void allWhoWaitAreAcceptedBeforeAnyOfThemIsServed() throws Exception {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch busy = new CountDownLatch(1);
    List<TcpCaller> callers = new ArrayList<>();
    try (TcpEchoLoop server =
            TcpEchoLoop.open(
                ANY_PORT,
                TcpEchoServerConfig.DEFAULT,
                address -> new Recording(address, events, busy));
        TcpCaller first = TcpCaller.of(server.address())) {
      first.send(MESSAGE);
      await().until(() -> events.equals(List.of("accepted", "received")));
      for (int i = 0; i < CALLERS; i++) {
        TcpCaller caller = TcpCaller.of(server.address());
        callers.add(caller);
        caller.send(MESSAGE);
      }
      busy.countDown();

      for (TcpCaller caller : callers) {
        assertThat(caller.receive(1)).isEqualTo(MESSAGE);
        caller.close();
      }
      assertThat(events.subList(2, 2 + CALLERS)).containsOnly("accepted");
    }
  }

  /** Fails when it is to count the first receive, and without memory also to count the failure. */
  private static final class Failing extends Counters {
    private final boolean memory;
    private boolean failed; // Of the loop's thread.

    Failing(Address server, boolean memory) {
      super(LoggerFactory.getLogger(TcpEchoLoopRoundTest.class), server);
      this.memory = memory;
    }

    @Override
    void received(int length) {
      if (!failed) {
        failed = true;
        if (memory) {
          throw new OutOfMemoryError("planted");
        }
        throw new IllegalStateException("planted");
      }
      super.received(length);
    }

    @Override
    void dropped(DropReason reason, Throwable failure) {
      super.dropped(reason, failure);
      if (memory) {
        throw new OutOfMemoryError("planted too");
      }
    }
  }

  /** Writes down what it counts, and holds the loop at the first receive. */
  private static final class Recording extends Counters {
    private final List<String> events;
    private final CountDownLatch busy;

    Recording(Address server, List<String> events, CountDownLatch busy) {
      super(LoggerFactory.getLogger(TcpEchoLoopRoundTest.class), server);
      this.events = events;
      this.busy = busy;
    }

    @Override
    void accepted() {
      super.accepted();
      events.add("accepted");
    }

    @Override
    void received(int length) {
      super.received(length);
      events.add("received");
      try {
        assertThat(busy.await(40, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
