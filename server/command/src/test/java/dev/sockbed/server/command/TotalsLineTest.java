package dev.sockbed.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.Transport;
import dev.sockbed.server.DropReason;
import dev.sockbed.server.ServerCounters;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TotalsLineTest {
  @Test
  void tcpTellsOfConnections() {
    ServerCounters counters = new ServerCounters(3, 0, 1, 12, 1536, 0, Map.of());

    assertThat(TotalsLine.line(Transport.TCP, counters))
        .isEqualTo("tcp: 3 connections accepted, 1 refused, 12 receives, 1536 bytes, 0 dropped");
  }

  @Test
  void udpTellsOfDatagrams() {
    ServerCounters counters =
        new ServerCounters(
            0, 0, 0, 12, 1536, 2, Map.of(DropReason.RATE_LIMIT, 4L, DropReason.SERVICE_PORT, 1L));

    assertThat(TotalsLine.line(Transport.UDP, counters))
        .isEqualTo(
            "udp: 12 datagrams received, 2 cut, 1536 bytes, 5 dropped (service port 1, rate limit"
                + " 4)");
  }
}
