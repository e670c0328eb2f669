package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datagrams with a forged source don't go round between two echo servers (CVE-2024-2169). */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class EchoedRepliesTest {
  private static final int FORGED = 10;

  /**
   * Sends from an address that another socket has. It is connected elsewhere, so that what comes
   * for that address is for the other alone.
   */
  private static final String FORGER =
      """
      import socket, sys
      host, port, toHost, toPort, count = sys.argv[1:]
      s = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET, socket.SOCK_DGRAM)
      s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
      s.bind((host, int(port)))
      s.connect((host, 9))
      for i in range(int(count)):
          s.sendto(b'forged %d' % i, (toHost, int(toPort)))
      """;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.2, true, PLAIN",
    "127.0.0.1, 127.0.0.2, false, PLAIN",
    "::1, ::1, false, PLAIN",
    "127.0.0.1, 127.0.0.2, true, BATCHED",
    "127.0.0.1, 127.0.0.1, false, BATCHED",
    "::1, ::1, false, BATCHED",
  })
  void eachIsAnsweredOnceAndTheAnswerIsNot(
      String one, String another, boolean equalPorts, IoMode io) throws Exception {
    assumeThat(BatchedIo.isAvailable()).isTrue();
    UdpEchoServerConfig config =
        UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withIo(io)).withSharesPort(true);
    int port = FreePort.at(one);
    try (UdpEchoServer first = UdpEchoServer.open(udp(one, equalPorts ? port : 0), config);
        UdpEchoServer second = UdpEchoServer.open(udp(another, equalPorts ? port : 0), config)) {
      Address source = second.address();
      Address target = first.address();
      try (Peer forger =
          Peer.python(FORGER, source.host(), source.port(), target.host(), target.port(), FORGED)) {
        assertThat(forger.awaitExit()).as(forger.errors()).isZero();
      }
      await().until(() -> first.counters().receives() >= FORGED);

      // What the first sent to the second came before this, which an honest caller sends.
      try (UdpCaller caller = UdpCaller.of(source)) {
        for (int i = 0; i < 100; i++) {
          caller.send(EchoServerContract.message(10, 1));
          assertThat(caller.receive(10)).isEqualTo(EchoServerContract.message(10, 1));
        }
      }
      assertThat(second.counters().receives()).isEqualTo(100);
      assertThat(first.counters().receives()).isEqualTo(FORGED);
    }
  }

  private static Address udp(String host, int port) {
    return new Address(Transport.UDP, host, port);
  }
}
