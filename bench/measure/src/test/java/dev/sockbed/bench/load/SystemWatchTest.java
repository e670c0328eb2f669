package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the system says about a run. */
@Tag("socket")
class SystemWatchTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void ourOwnOverflowIsToldFromTheNetworksLoss() throws IOException {
    AtomicLong newest = new AtomicLong();
    UdpTestPeer.Rule flood =
        (number, datagram, reply) -> {
          newest.set(number);
          for (int i = 0; i < 20_000; i++) {
            reply.accept(datagram);
          }
          // What there was no room for comes again, until the next message says that one came.
          ThreadKind.VIRTUAL.start(
              "sockbed-test-repeat",
              () -> {
                while (newest.get() == number) {
                  reply.accept(datagram);
                  LockSupport.parkNanos(5_000_000);
                }
              });
        };
    try (UdpTestPeer peer = UdpTestPeer.start(flood)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withSocket(UdpConfig.DEFAULT.withReceiveBufferBytes(1_000))
              .withWarmup(Duration.ZERO)
              .withDeadline(Duration.ofSeconds(40))
              .withStop(new Stop.AfterCount(3));

      LoadResult result = new LoadRun(plan).run(Progress.NONE);
      newest.set(0);

      SystemTruth system = result.system();
      assertThat(system.ownDropped()).isPositive();
      assertThat(Objects.requireNonNull(system.udp()).receiveBufferErrors())
          .isGreaterThanOrEqualTo(system.ownDropped());
      assertThat(system.peerDropped()).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @EnabledOnOs(OS.LINUX)
  void processorTimeAndSwitchesAreTold(Transport transport) throws IOException {
    try (TestPeer peer = TestPeer.echo(transport)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withWarmup(Duration.ZERO)
              .withStop(new Stop.AfterCount(2_000));

      SystemTruth system = new LoadRun(plan, ProcessHandle.current()).run(Progress.NONE).system();

      assertThat(system.clientCpuNs()).isPositive();
      assertThat(system.serverCpuNs()).as("here the same process").isNotNegative();
      SystemTruth.Threads threads = Objects.requireNonNull(system.loadThreads());
      assertThat(threads.cpuNs()).isPositive();
      assertThat(threads.voluntarySwitches()).isPositive();
      assertThat(system.tcpRetransmits()).isNotNull();
      assertThat(system.ownDropped() == null).isEqualTo(transport == Transport.TCP);
      assertThat(system.tcp() == null).isEqualTo(transport == Transport.UDP);
      if (system.tcp() != null) {
        assertThat(system.tcp().smoothedRttNs()).isPositive();
        assertThat(system.tcp().retransmits()).isNotNegative();
      }
    }
  }

  @Test
  void virtualThreadsHaveNoTimesOfTheirOwn() throws IOException {
    try (TestPeer peer = TestPeer.echo(Transport.TCP)) {
      LoadPlan plan =
          LoadPlan.of(peer.address())
              .withSocket(TcpConfig.DEFAULT.withThreads(ThreadKind.VIRTUAL))
              .withWarmup(Duration.ZERO)
              .withDeadline(Duration.ofSeconds(10))
              .withStop(new Stop.AfterCount(50));

      LoadResult result = new LoadRun(plan).run(Progress.NONE);

      assertThat(result.outcomes().ok()).isEqualTo(50);
      assertThat(result.system().loadThreads()).isNull();
    }
  }
}
