package dev.sockbed.bench.link.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.bench.SockbedProcess;
import dev.sockbed.bench.link.TraceFile;
import dev.sockbed.common.Address;
import dev.sockbed.common.linux.NetworkNamespace;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a command with an emulated link ends, no network, interface, thread or process of it
 * stays. Skipped where the system does not let us make networks.
 */
@Tag("process")
class LinkEndingsTest {
  private static final Duration A_QUICK_RUN_ON_A_BUSY_MACHINE = Duration.ofMinutes(2);
  private static final int INTERRUPTED = 130;
  private static final int KILLED = 128 + 9;

  /** More bytes than a pipe takes, and fewer than are kept before they are written. */
  private static final int TRACED = 200;

  private static final int TRACED_BYTES = 400;

  /** Commands that make networks. */
  enum Linked {
    LINK(
        "link --listen udp://127.0.0.1:0 --to udp://127.0.0.1:9 --link-mode tun", " --duration 5s"),
    SHELL("link shell --peer cat -- cat", ""),
    COMPARE("compare --quick --only link --link loss=1% --link-mode tun --quiet", " --trials 1");

    private final String commandLine;
    private final String end;

    Linked(String commandLine, String end) {
      this.commandLine = commandLine;
      this.end = end;
    }

    /** Only what is to end by itself may: on a busy machine all else takes its time. */
    Object[] arguments(Ending ending) {
      return (ending == Ending.BY_ITSELF ? commandLine + end : commandLine).split(" ", -1);
    }
  }

  /** How they end. */
  enum Ending {
    BY_ITSELF(0),
    BY_CTRL_C(INTERRUPTED),
    BY_KILL(KILLED);

    private final int status;

    Ending(int status) {
      this.status = status;
    }

    void happenTo(Peer command) throws Exception {
      switch (this) {
        case BY_ITSELF -> command.endInput(); // What a shell's command waits for.
        case BY_CTRL_C -> command.signal("INT");
        case BY_KILL -> command.signal("KILL");
      }
    }
  }

  @BeforeEach
  void networksCanBeMade() {
    try {
      NetworkNamespace.create("trial").close();
    } catch (NotPermittedException | NotOnThisSystemException e) {
      assumeThat(e.getMessage()).as("may make networks").isNull();
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(Linked.values())
        .flatMap(linked -> Stream.of(Ending.values()).map(ending -> Arguments.of(linked, ending)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingStays(Linked linked, Ending ending) throws Exception {
    String ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    try (Peer command = SockbedProcess.startInterruptible(linked.arguments(ending))) {
      Set<String> made = new HashSet<>();
      await()
          .atMost(Peer.PATIENCE)
          .until(() -> {
            made.addAll(networks(command.process().toHandle()));
            made.remove(ours);
            return made.size() >= 2;
          });
      List<ProcessHandle> started = command.process().descendants().toList();

      ending.happenTo(command);

      await().atMost(A_QUICK_RUN_ON_A_BUSY_MACHINE).until(() -> !command.process().isAlive());
      assertThat(command.awaitExit()).as(command.errors()).isEqualTo(ending.status);
      await()
          .atMost(Peer.PATIENCE)
          .untilAsserted(() -> {
            assertThat(started).noneMatch(ProcessHandle::isAlive);
            assertThat(networksOfAll()).doesNotContainAnyElementsOf(made);
          });
      assertThat(NetworkInterface.getByName("link0")).isNull();
    }
  }

  @Test
  void nothingStaysOfALinkThatCouldNotListen() throws Exception {
    try (Peer first = SockbedProcess.start(Linked.LINK.arguments(Ending.BY_KILL))) {
      first.awaitOutput("listening ");
      String taken = listening(first);
      try (Peer second =
          SockbedProcess.start(
              "link", "--listen", taken, "--to", "udp://127.0.0.1:9", "--link-mode", "tun")) {
        assertThat(second.awaitExit()).isEqualTo(3);
        assertThat(second.errors()).contains("in use").hasLineCount(1);
      }
    }
  }

  /** The trace goes to somebody who reads it late, so that closing it takes its time. */
  @Test
  void theTraceIsWholeWhenCtrlCEndsIt(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("trace");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (DatagramSocket target = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Peer command =
            SockbedProcess.startInterruptible(
                "link",
                "--listen",
                "udp://127.0.0.1:0",
                "--to",
                "udp://127.0.0.1:" + target.getLocalPort(),
                "--trace",
                pipe);
        InputStream trace = Files.newInputStream(pipe)) {
      command.awaitOutput("link to ");
      send(TRACED, Address.parse(listening(command)), target);

      command.signal("INT");
      command.awaitOutput("up: " + TRACED + " packets");
      // A JVM that ends waits for writers, but not that long.
      assertThat(command.process().waitFor(1, TimeUnit.SECONDS)).isFalse();

      assertThat(TraceFile.packets(trace.readAllBytes())).hasSize(TRACED);
      assertThat(command.awaitExit()).isEqualTo(INTERRUPTED);
    }
  }

  /** One after the other, so that none is lost. */
  private static void send(int datagrams, Address link, DatagramSocket target) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[TRACED_BYTES], TRACED_BYTES);
    target.setSoTimeout((int) Peer.PATIENCE.toMillis());
    try (DatagramSocket client = new DatagramSocket()) {
      client.connect(link.resolve().getFirst());
      for (int i = 0; i < datagrams; i++) {
        client.send(new DatagramPacket(new byte[TRACED_BYTES], TRACED_BYTES));
        target.receive(packet);
      }
    }
  }

  private static String listening(Peer link) {
    return link.output().lines().findFirst().orElseThrow().substring("listening ".length());
  }

  private static Set<String> networksOfAll() throws IOException {
    Set<String> networks = new HashSet<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      networks.addAll(networks(process));
    }
    return networks;
  }

  /** The networks in which a process's threads are; none if it is gone. */
  private static Set<String> networks(ProcessHandle process) throws IOException {
    Set<String> networks = new HashSet<>();
    for (Path thread : threads(process)) {
      network(thread).ifPresent(networks::add);
    }
    return networks;
  }

  private static Optional<String> network(Path thread) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(thread.resolve("ns/net")).toString());
    } catch (NoSuchFileException | AccessDeniedException goneOrNotOurs) {
      return Optional.empty();
    }
  }

  private static List<Path> threads(ProcessHandle process) throws IOException {
    List<Path> threads = new ArrayList<>();
    Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      all.forEach(threads::add);
    } catch (NoSuchFileException ended) {
      return List.of();
    }
    return threads;
  }
}
