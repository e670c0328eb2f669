package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Address;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The idle timeout is for silence, not for a long conversation. */
@Tag("socket")
class TcpEchoServerIdleTest {
  private static final Duration IDLE = Duration.ofSeconds(2);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallerThatGoesOnTalkingLongerThanTheIdleTimeoutIsServed(boolean loop) throws IOException {
    TcpEchoServerConfig config = TcpEchoServerConfig.DEFAULT.withIdleTimeout(IDLE);
    Address local = Address.parse("tcp://127.0.0.1:0");
    try (EchoServer server =
            loop ? TcpEchoLoop.open(local, config) : TcpEchoServer.open(local, config);
        TcpCaller caller = TcpCaller.of(server.address())) {
      byte[] message = EchoServerContract.message(10, 1);
      long end = System.nanoTime() + IDLE.multipliedBy(2).toNanos();
      while (System.nanoTime() < end) {
        caller.send(message);
        assertThat(caller.receive(10)).isEqualTo(message);
      }
      assertThat(server.counters().dropped()).isEmpty();
    }
  }
}
