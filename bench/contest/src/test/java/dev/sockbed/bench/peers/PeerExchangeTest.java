package dev.sockbed.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sockbed.common.Transport;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/** JMH runs every combination of what is not named on its command line. */
@Tag("socket")
class PeerExchangeTest {
  @Test
  void whoHasATurnWithoutBeingNamedCanDoAllThatIsUsual() throws ReflectiveOperationException {
    String[] usual = PeerExchange.class.getField("contestant").getAnnotation(Param.class).value();

    assertThat(usual).isNotEmpty();
    for (Transport transport : Transport.values()) {
      assertThat(usual)
          .allMatch(
              name -> Contestant.valueOf(name).supports(Setting.blocking(transport, 128, 1, 1)));
    }
  }

  @Test
  void othersAreThoseThatAreForOneTransportAlone() throws ReflectiveOperationException {
    String[] usual = PeerExchange.class.getField("contestant").getAnnotation(Param.class).value();

    assertThat(Arrays.stream(Contestant.values()).map(Enum::name))
        .filteredOn(name -> !Arrays.asList(usual).contains(name))
        .containsExactly("SOCKBED_LOOP");
  }

  @Test
  void whatOneCanNotDoIsRefused() {
    PeerExchange exchange = new PeerExchange();
    exchange.contestant = Contestant.SOCKBED_LOOP;
    exchange.transport = Transport.UDP;
    exchange.payload = 128;
    exchange.waiting = "block";
    exchange.io = "plain";
    exchange.connections = 1;
    exchange.window = 1;
    exchange.placement = Placement.TOGETHER;
    exchange.cpus = "free";

    assertThatThrownBy(exchange::open).hasMessageStartingWith("sockbed loop can't do: udp");
  }
}
