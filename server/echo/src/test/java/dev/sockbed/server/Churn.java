package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.JvmFlags;
import dev.sockbed.common.testing.JavaCommand;
import dev.sockbed.common.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Many callers, some at once, who connect, are echoed and close: to a server in a JVM of its own.
 * Fails if one of them is not served, or the server keeps descriptors or threads of them.
 *
 * @param callers how many in all
 * @param atOnce how many at the same time
 */
record Churn(int callers, int atOnce) {
  /** For which batches want a large buffer. */
  private static final byte[] MESSAGE = EchoServerContract.message(8 << 10, 3);

  /** Descriptors, and threads, that the JVM may have taken for itself meanwhile. */
  private static final int OF_THE_JVM = 20;

  private static final String PEAK_MEMORY = "VmHWM:";

  /**
   * Lets them come and go.
   *
   * @param how arguments of {@link LimitedServer}
   * @return the most memory that the server had resident, in KiB
   */
  long run(String how) throws Exception {
    String[] command = JavaCommand.of(JvmFlags.ALL, LimitedServer.class, (Object[]) how.split(" "));
    try (Peer program = Peer.start(command)) {
      Address server = new Address(Transport.TCP, "127.0.0.1", program.awaitNumber("port"));
      Path process = Path.of("/proc", String.valueOf(program.process().pid()));
      long descriptors = count(process.resolve("fd"));
      long threads = count(process.resolve("task"));

      callAll(server, callers);

      await().until(() -> count(process.resolve("fd")) <= descriptors + OF_THE_JVM);
      await().until(() -> count(process.resolve("task")) <= threads + OF_THE_JVM);
      return peakKibibytes(process);
    }
  }

  private void callAll(Address server, int count) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(threads.submit(() -> call(server)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
  }

  private static boolean call(Address server) throws IOException {
    try (TcpCaller caller = TcpCaller.of(server)) {
      caller.send(MESSAGE);
      assertThat(caller.receive(MESSAGE.length)).isEqualTo(MESSAGE);
      return true;
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static long peakKibibytes(Path process) throws IOException {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(PEAK_MEMORY))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
