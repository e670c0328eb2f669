package dev.sockbed.bench.scale;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.sockbed.bench.serve.ServeProcess;
import dev.sockbed.common.Address;
import dev.sockbed.common.ThreadKind;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A TCP echo server in a JVM of its own, whose heap, threads and descriptors can be seen. */
final class ObservedServer implements Closeable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ServeProcess process;
  private final Address address;
  private final JMXConnector connector;
  private final MemoryMXBean memory;

  private ObservedServer(ServeProcess process, Address address, JMXConnector connector)
      throws IOException {
    this.process = process;
    this.address = address;
    this.connector = connector;
    this.memory =
        ManagementFactory.newPlatformMXBeanProxy(
            connector.getMBeanServerConnection(),
            ManagementFactory.MEMORY_MXBEAN_NAME,
            MemoryMXBean.class);
  }

  static ObservedServer start(ThreadKind threads, int mostConnections) throws IOException {
    List<String> options =
        new ArrayList<>(List.of("--tcp", "--port", "0", "--quiet", "--idle-timeout", "1h"));
    options.addAll(List.of("--max-connections", String.valueOf(mostConnections)));
    options.addAll(List.of("--threads", threads.label()));
    ServeProcess process = ServeProcess.start(GRACE, options);
    try {
      return new ObservedServer(process, process.awaitAddress(), attach(process.handle().pid()));
    } catch (IOException | RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  // What it connects to is the process that was just started, by this program's own code.
  @SuppressWarnings("BanJNDI")
  private static JMXConnector attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
      try {
        return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("can't look into the server's JVM", e);
    }
  }

  Address address() {
    return address;
  }

  /** The heap in use after a collection, in bytes. */
  long heapBytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Memory of the process that is in the machine's, in bytes. */
  long residentBytes() throws IOException {
    return 1024 * status("VmRSS:");
  }

  /** Threads of the operating system. */
  int threads() throws IOException {
    return (int) status("Threads:");
  }

  private long status(String key) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("/proc", "" + process.handle().pid(), "status"));
    String line = lines.stream().filter(one -> one.startsWith(key)).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  /** Open descriptors. */
  int descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + process.handle().pid(), "fd"))) {
      return (int) open.count();
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
    process.close();
  }
}
