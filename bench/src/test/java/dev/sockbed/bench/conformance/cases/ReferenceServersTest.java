package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.common.Address;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our own servers pass every case. */
class ReferenceServersTest {
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void tcp(ThreadKind threads) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    TcpEchoServerConfig config =
        TcpEchoServerConfig.DEFAULT.withSocket(TcpConfig.DEFAULT.withThreads(threads));
    try (TcpEchoServer server = TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), config)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
    leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void udp(ThreadKind threads) throws Exception {
    Leftovers leftovers = Leftovers.lookNow();
    UdpEchoServerConfig config =
        UdpEchoServerConfig.DEFAULT.withSocket(UdpConfig.DEFAULT.withThreads(threads));
    try (UdpEchoServer server = UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), config)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
    leftovers.assertNone();
  }

  @Test
  void tcpOverIpv6() throws Exception {
    try (TcpEchoServer server =
        TcpEchoServer.open(Address.parse("tcp://[::1]:0"), TcpEchoServerConfig.DEFAULT)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }

  @Test
  void udpOverIpv6() throws Exception {
    try (UdpEchoServer server =
        UdpEchoServer.open(Address.parse("udp://[::1]:0"), UdpEchoServerConfig.DEFAULT)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }
}
