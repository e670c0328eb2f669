package dev.sockbed.bench.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.peers.Datagram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReceiveWindowTest {
  private static final Datagram DATAGRAM =
      new Datagram(
          new byte[] {'x'}, new InetSocketAddress(InetAddress.getLoopbackAddress(), 10_000), 0);

  @Test
  void aServerThatSendsWithoutEndDoesNotKeepItOpen() throws Exception {
    ReceiveWindow window = new ReceiveWindow(Duration.ZERO, _ -> DATAGRAM);

    int received = 0;
    while (received <= 2 * ReceiveWindow.MOST_OVERDUE && window.next() != null) {
      received++;
    }

    assertThat(received).isEqualTo(ReceiveWindow.MOST_OVERDUE);
  }

  @Test
  void whatCameBeforeItsEndIsLookedAtLater() throws Exception {
    Queue<Datagram> waiting = new ArrayDeque<>(List.of(DATAGRAM, DATAGRAM));
    ReceiveWindow window = new ReceiveWindow(Duration.ZERO, _ -> waiting.poll());

    assertThat(window.next()).isEqualTo(DATAGRAM);
    assertThat(window.next()).isEqualTo(DATAGRAM);
    assertThat(window.next()).isNull();
  }
}
