package dev.sockbed.bench.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.conformance.CaseVerdict;
import dev.sockbed.bench.conformance.CheckReport;
import dev.sockbed.bench.conformance.report.CheckFile;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a check: what was judged until then is told and kept. */
@Tag("process")
class CheckInterruptTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int INTERRUPTED = 130;

  /** The checker asks who is there, and then each of these cases has one connection. */
  private static final int CONNECTIONS_ECHOED = 3;

  private static final int AT_ONCE = 4;

  @TempDir private Path folder;

  @Test
  void aServersCheck() throws Exception {
    Path json = folder.resolve("server.json");
    CountDownLatch holding = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> echoSomeAndHoldTheNext(server, holding));
      String address = "tcp://127.0.0.1:" + server.getLocalPort();
      try (Peer check =
          SockbedProcess.startInterruptible(
              "check",
              "server",
              address,
              "--only=echo/tcp/1.3",
              "--timeout=10m",
              "--json=" + json)) {
        assertThat(holding.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        check.signal("INT");

        assertThat(check.awaitExit()).isEqualTo(INTERRUPTED);
        assertThat(check.output())
            .contains("PASS         echo/tcp/1.3/nul", "  Interrupted: 2 of 7 cases were judged.");
        assertThat(check.errors()).isEmpty();
      }
    }

    CheckReport report = CheckFile.read(json);
    assertThat(report.cases()).hasSize(2);
    assertThat(report.explanation()).isEqualTo("Interrupted: 2 of 7 cases were judged.");
  }

  private static void echoSomeAndHoldTheNext(ServerSocket server, CountDownLatch holding) {
    try {
      for (int i = 0; i < CONNECTIONS_ECHOED; i++) {
        try (Socket caller = server.accept()) {
          caller.getInputStream().transferTo(caller.getOutputStream());
        }
      }
      try (Socket held = server.accept()) {
        holding.countDown();
        held.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (SocketException broken) {
      assertThat(holding.getCount()).as(broken.toString()).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClientsCheckAndItLeavesNoClientBehind() throws Exception {
    Peer.require("python3");
    Path script = folder.resolve("client.py");
    Path hanging = folder.resolve("hanging");
    Files.writeString(
        script,
        """
        import os, socket, sys, time
        folder = os.path.dirname(sys.argv[0])
        runs = len([name for name in os.listdir(folder) if name.startswith('run')])
        open(os.path.join(folder, 'run%d' % runs), 'w').close()
        s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
        if runs == 2:
            with open(os.path.join(folder, 'begun'), 'w') as f:
                f.write(str(os.getpid()))
            os.rename(f.name, os.path.join(folder, 'hanging'))
            time.sleep(600)
        s.sendall(b'x' * 300)
        left = 300
        while left:
            left -= len(s.recv(left))
        time.sleep(runs) # so that the first is judged long before the third hangs
        """);
    try (Peer check =
        SockbedProcess.startInterruptible(
            "check",
            "client",
            "--listen=tcp://127.0.0.1:0",
            "--run=python3 " + script + " {host} {port}",
            "--parallel=1", // Beside each other, the third could hang before any is judged.
            "--timeout=10m",
            "--json=-")) {
      await().atMost(PATIENCE).until(() -> Files.exists(hanging));

      check.signal("INT");

      assertThat(check.awaitExit()).isEqualTo(INTERRUPTED);
      assertThat(check.errors()).isEmpty();
      Path json = folder.resolve("client.json");
      Files.writeString(json, check.output());
      CheckReport report = CheckFile.read(json);
      assertThat(report.cases()).isNotEmpty();
      assertThat(report.cases().getFirst().id()).isEqualTo("echo/tcp/4.1/connects");
      assertThat(report.cases()).allMatch(result -> result.verdict() == CaseVerdict.PASS);
      assertThat(report.explanation())
          .matches("Interrupted: (1 of 20 cases was|2 of 20 cases were) judged\\.");
    }
    long client = Long.parseLong(Files.readString(hanging));
    assertThat(isAlive(client)).isFalse();
  }

  @Test
  void aClientsCheckThatRunsSeveralAtATimeLeavesNoneOfThemBehind() throws Exception {
    Peer.require("python3");
    Path script = folder.resolve("client.py");
    Path pids = Files.createDirectory(folder.resolve("pids"));
    Files.writeString(
        script,
        """
        import os, socket, sys, time
        s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
        open(os.path.join(sys.argv[3], str(os.getpid())), 'w').close()
        time.sleep(600)
        """);
    try (Peer check =
        SockbedProcess.startInterruptible(
            "check",
            "client",
            "--listen=tcp://127.0.0.1:0",
            "--run=python3 " + script + " {host} {port} " + pids,
            "--parallel=" + AT_ONCE,
            "--timeout=10m",
            "--json=-")) {
      await().atMost(PATIENCE).until(() -> clients(pids).size() >= AT_ONCE);

      check.signal("INT");

      assertThat(check.awaitExit()).isEqualTo(INTERRUPTED);
      assertThat(check.errors()).isEmpty();
      Path json = folder.resolve("client.json");
      Files.writeString(json, check.output());
      assertThat(CheckFile.read(json).explanation())
          .isEqualTo("Interrupted: 0 of 20 cases were judged.");
    }
    assertThat(clients(pids)).noneMatch(CheckInterruptTest::isAlive);
  }

  /** The client's own child, too, of which the checker knows nothing. */
  @Test
  void aCheckerThatIsKilledLeavesNoClientBehind() throws Exception {
    Peer.require("python3");
    Path script = folder.resolve("client.py");
    Path pids = Files.createDirectory(folder.resolve("pids"));
    Files.writeString(
        script,
        """
        import os, sys, time
        os.fork()
        open(os.path.join(sys.argv[2], str(os.getpid())), 'w').close()
        time.sleep(600)
        """);
    try (Peer check =
        SockbedProcess.startInterruptible(
            "check",
            "client",
            "--listen=tcp://127.0.0.1:0",
            "--run=python3 " + script + " {port} " + pids,
            "--parallel=2",
            "--timeout=10m")) {
      await().atMost(PATIENCE).until(() -> clients(pids).size() >= 4);

      check.signal("KILL");

      await()
          .atMost(PATIENCE)
          .until(() -> clients(pids).stream().noneMatch(CheckInterruptTest::isAlive));
    }
  }

  private static List<Long> clients(Path pids) throws IOException {
    try (Stream<Path> files = Files.list(pids)) {
      return files.map(each -> Long.valueOf(each.getFileName().toString())).toList();
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
