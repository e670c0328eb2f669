package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.common.Address;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.testing.Leftovers;
import dev.sockbed.server.TcpEchoLoop;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own servers pass every case. */
@Tag("socket")
class ReferenceServersTest {
  private static final Leftovers LEFTOVERS = Leftovers.lookNow();

  @AfterAll
  static void nothingIsLeft() {
    LEFTOVERS.assertNone();
  }

  /** Each kind of thread, each way to wait, plain, and batched where the system has that. */
  static Stream<Arguments> ways() {
    return Stream.of(ThreadKind.values())
        .flatMap(threads ->
            EnumSet.of(IoMode.PLAIN, IoMode.AUTO.onThisSystem()).stream()
                .flatMap(io ->
                    RightClients.WAYS_TO_WAIT.stream()
                        .map(waiting -> Arguments.of(threads, io, waiting))));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("ways")
  void tcp(ThreadKind threads, IoMode io, WaitStrategy waiting) throws Exception {
    TcpConfig socket = TcpConfig.DEFAULT.withThreads(threads).withIo(io).withWaiting(waiting);
    TcpEchoServerConfig config = TcpEchoServerConfig.DEFAULT.withSocket(socket);
    try (TcpEchoServer server = TcpEchoServer.open(Address.parse("tcp://127.0.0.1:0"), config)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @FieldSource("dev.sockbed.bench.conformance.cases.RightClients#WAYS_TO_WAIT")
  void tcpByAnEventLoop(WaitStrategy waiting) throws Exception {
    TcpEchoServerConfig config =
        TcpEchoServerConfig.DEFAULT.withSocket(TcpConfig.DEFAULT.withWaiting(waiting));
    try (TcpEchoLoop server = TcpEchoLoop.open(Address.parse("tcp://127.0.0.1:0"), config)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("ways")
  void udp(ThreadKind threads, IoMode io, WaitStrategy waiting) throws Exception {
    UdpConfig socket = UdpConfig.DEFAULT.withThreads(threads).withIo(io).withWaiting(waiting);
    UdpEchoServerConfig config = UdpEchoServerConfig.DEFAULT.withSocket(socket);
    try (UdpEchoServer server = UdpEchoServer.open(Address.parse("udp://127.0.0.1:0"), config)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void tcpOverIpv6() throws Exception {
    try (TcpEchoServer server =
        TcpEchoServer.open(Address.parse("tcp://[::1]:0"), TcpEchoServerConfig.DEFAULT)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void udpOverIpv6() throws Exception {
    try (UdpEchoServer server =
        UdpEchoServer.open(Address.parse("udp://[::1]:0"), UdpEchoServerConfig.DEFAULT)) {
      Checks.assertRight(Checks.server(server.address(), Limits.DEFAULT));
    }
  }
}
