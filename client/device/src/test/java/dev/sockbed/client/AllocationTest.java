package dev.sockbed.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sockbed.client.testing.TcpTestServer;
import dev.sockbed.client.testing.UdpTestServer;
import dev.sockbed.client.testing.Way;
import dev.sockbed.common.Address;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients exchange without leaving garbage, once the compilers are done with them: so in a process
 * that has all compilers, which the tests' own has not.
 */
@Tag("process")
class AllocationTest {
  private static final int EXCHANGES = 2_000;

  @Test
  void anExchangeAllocatesNothing() {
    long ways = Way.on(ThreadKind.PLATFORM).count();
    try (Peer program = Peer.start(JavaCommand.optimized(JvmFlags.ALL, Program.class))) {
      assertThat(program.awaitExit(Program.PATIENCE.multipliedBy(2 * ways)))
          .as(program.errors())
          .isZero();
      List<String> told = program.output().lines().toList();
      assertThat(told).hasSize((int) (ways * Transport.values().length));
      // A tenth of a byte each leaves room for a compiler's business, and for no object.
      assertThat(told).allSatisfy(line -> assertThat(bytes(line)).isLessThan(EXCHANGES / 10));
    }
  }

  private static long bytes(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  /** Prints how many bytes many exchanges allocate in the end, and which way they are made. */
  static final class Program {
    /** Longer than a busy machine needs to compile what an exchange does. */
    private static final Duration PATIENCE = Peer.PATIENCE;

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      try (TcpTestServer tcp = TcpTestServer.open(TcpTestServer.ECHO);
          UdpTestServer udp = UdpTestServer.open(UdpTestServer.ECHO)) {
        for (Way way : Way.on(ThreadKind.PLATFORM).toList()) {
          System.out.println(bytesOf(tcp.address(), way) + " over TCP, " + way);
          System.out.println(bytesOf(udp.address(), way) + " over UDP, " + way);
        }
      }
    }

    private static long bytesOf(Address server, Way way) throws Exception {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      ByteBuffer request = ByteBuffer.allocateDirect(64);
      ByteBuffer reply = ByteBuffer.allocateDirect(64);
      try (EchoClient client =
          EchoClient.connect(server, way.config(server.transport()), Duration.ofSeconds(10))) {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        long bytes = Long.MAX_VALUE;
        // Until the compiler is done, some of the JDK's objects are real.
        while (bytes >= EXCHANGES / 10 && System.nanoTime() - patience < 0) {
          long before = threads.getCurrentThreadAllocatedBytes();
          exchange(client, request, reply);
          bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
      }
    }

    private static void exchange(EchoClient client, ByteBuffer request, ByteBuffer reply) {
      for (int i = 0; i < EXCHANGES; i++) {
        request.putInt(0, i);
        if (client.exchange(request, reply.clear()) != Outcome.OK) {
          throw new AssertionError("exchange " + i);
        }
      }
    }
  }
}
