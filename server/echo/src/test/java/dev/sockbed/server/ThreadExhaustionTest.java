package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server that the system gives no thread refuses who needs one, and serves when it has again. */
@Tag("process")
@EnabledOnOs(OS.LINUX)
class ThreadExhaustionTest {
  /** As root no limit holds; as somebody else, who may read this test's classes, one does. */
  private static final List<String> AS_SOMEBODY_ELSE =
      List.of(
          "setpriv",
          "--reuid=54321",
          "--regid=54321",
          "--clear-groups",
          "--inh-caps=+dac_read_search",
          "--ambient-caps=+dac_read_search",
          "--bounding-set=-sys_admin,-sys_resource");

  @Test
  void notEvenTheFirstCallerLeavesItDeaf() throws Exception {
    Peer.require("prlimit");
    try (Peer program = Peer.start(command())) {
      Address server = new Address(Transport.TCP, "127.0.0.1", program.awaitNumber("port"));
      limitThreads(program, "1");
      assertThat(isServed(server)).isFalse();
      program.awaitOutput("unable to create native thread");
      limitThreads(program, "4096");

      await().until(() -> isServed(server));
    }
  }

  private static String[] command() {
    String[] java = JavaCommand.of(List.of(), LimitedServer.class, "threads");
    return asSomebodyElse(java);
  }

  private static String[] asSomebodyElse(String... command) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return Stream.concat(root ? AS_SOMEBODY_ELSE.stream() : Stream.of(), Stream.of(command))
        .toArray(String[]::new);
  }

  /** Moves the soft limit, below the hard one. */
  private static void limitThreads(Peer program, String most) throws Exception {
    String pid = String.valueOf(program.process().pid());
    try (Peer prlimit =
        Peer.start(asSomebodyElse("prlimit", "--pid", pid, "--nproc=" + most + ":"))) {
      assertThat(prlimit.awaitExit()).as(prlimit.errors()).isZero();
    }
  }

  private static boolean isServed(Address server) throws IOException {
    try (TcpCaller caller = TcpCaller.of(server)) {
      caller.send(EchoServerContract.message(10, 1));
      return caller.receive(10).length == 10;
    } catch (SocketException reset) {
      return false;
    }
  }
}
