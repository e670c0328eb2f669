package dev.sockbed.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServerConfig;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LimitsLineTest {
  @Test
  void tcpTellsItsCapAndItsTimeouts() {
    assertThat(LimitsLine.line(TcpEchoServerConfig.DEFAULT))
        .isEqualTo(
            "tcp: serves 1000 connections at once, each until it sends nothing for 5 min or reads"
                + " nothing for 10 s");
  }

  @Test
  void batchesTellWhatMemoryTheyTake() {
    Assumptions.assumeTrue(BatchedIo.isAvailable());
    TcpConfig batched = TcpConfig.DEFAULT.withIo(IoMode.BATCHED);

    assertThat(LimitsLine.line(TcpEchoServerConfig.DEFAULT.withSocket(batched)))
        .endsWith("; batches take up to 128 KiB for each, 125 MiB in all");
  }

  @Test
  void udpTellsItsRateAndWhomItHoldsFor() {
    assertThat(LimitsLine.line(UdpEchoServerConfig.DEFAULT))
        .isEqualTo(
            "udp: sends 10000 replies/s to each source address (to loopback without a limit);"
                + " --source-rate sets it");
    assertThat(LimitsLine.line(UdpEchoServerConfig.DEFAULT.withSourceRate(7)))
        .isEqualTo("udp: sends 7 replies/s to each source address");
  }
}
