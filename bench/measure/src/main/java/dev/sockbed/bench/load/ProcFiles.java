package dev.sockbed.bench.load;

import dev.sockbed.bench.result.SystemTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Linux's counters, from the files below {@code /proc}. The network's are those of the network that
 * the calling thread is in, which need not be the process's. Where a file or a line of it is
 * missing, so is the answer: null.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_net.5.html">proc_net(5)</a>
 */
public final class ProcFiles {
  private final Path root;

  /**
   * Reads below a directory.
   *
   * @param root {@code /proc}, or a copy of it
   */
  ProcFiles(Path root) {
    this.root = root;
  }

  /** Reads below {@code /proc}. */
  public static ProcFiles ofThisSystem() {
    return new ProcFiles(Path.of("/proc"));
  }

  /** The UDP counters of {@code net/snmp} and {@code net/snmp6}. */
  SystemTruth.@Nullable Udp udp() {
    Map<String, Long> inet = snmp("Udp");
    if (inet.isEmpty()) {
      return null;
    }
    Map<String, Long> inet6 = snmp6();
    return new SystemTruth.Udp(
        inet.getOrDefault("InDatagrams", 0L) + inet6.getOrDefault("Udp6InDatagrams", 0L),
        inet.getOrDefault("NoPorts", 0L) + inet6.getOrDefault("Udp6NoPorts", 0L),
        inet.getOrDefault("InErrors", 0L) + inet6.getOrDefault("Udp6InErrors", 0L),
        inet.getOrDefault("RcvbufErrors", 0L) + inet6.getOrDefault("Udp6RcvbufErrors", 0L),
        inet.getOrDefault("SndbufErrors", 0L) + inet6.getOrDefault("Udp6SndbufErrors", 0L));
  }

  /** {@code RetransSegs} of {@code net/snmp}, which counts IPv6 too. */
  public @Nullable Long tcpRetransmits() {
    return snmp("Tcp").get("RetransSegs");
  }

  /**
   * How many datagrams the UDP sockets bound to certain ports have dropped since they were opened.
   *
   * @param port which ports
   */
  public @Nullable Long udpDrops(IntPredicate port) {
    List<String> sockets = lines("thread-self/net/udp");
    if (sockets.isEmpty()) {
      return null;
    }
    return drops(sockets, port) + drops(lines("thread-self/net/udp6"), port);
  }

  /** How often the calling thread gave the processor away, and how often it was taken from it. */
  SystemTruth.@Nullable Threads currentThread(long cpuNanos) {
    Map<String, Long> status = new HashMap<>();
    for (String line : lines("thread-self/status")) {
      if (line.contains("ctxt_switches")) {
        String[] fields = line.split(":\\s*", 2);
        status.put(fields[0], Long.valueOf(fields[1].strip()));
      }
    }
    Long voluntary = status.get("voluntary_ctxt_switches");
    Long involuntary = status.get("nonvoluntary_ctxt_switches");
    return voluntary == null || involuntary == null
        ? null
        : new SystemTruth.Threads(cpuNanos, voluntary, involuntary);
  }

  /** A line of names and below it a line of numbers, both beginning with the protocol. */
  private Map<String, Long> snmp(String protocol) {
    List<String> both =
        lines("thread-self/net/snmp").stream()
            .filter(line -> line.startsWith(protocol + ":"))
            .toList();
    Map<String, Long> values = new HashMap<>();
    if (both.size() == 2) {
      String[] names = both.get(0).strip().split(" ", -1);
      String[] numbers = both.get(1).strip().split(" ", -1);
      for (int i = 1; i < Math.min(names.length, numbers.length); i++) {
        values.put(names[i], Long.valueOf(numbers[i]));
      }
    }
    return values;
  }

  private Map<String, Long> snmp6() {
    Map<String, Long> values = new HashMap<>();
    for (String line : lines("thread-self/net/snmp6")) {
      String[] fields = line.strip().split("\\s+", -1);
      if (line.startsWith("Udp6") && fields.length == 2) {
        values.put(fields[0], Long.valueOf(fields[1]));
      }
    }
    return values;
  }

  /** Fields, from 0: 1 is the local address as hexadecimal address:port, the last the drops. */
  private static long drops(List<String> sockets, IntPredicate port) {
    long drops = 0;
    for (String line : sockets.stream().skip(1).toList()) {
      String[] fields = line.strip().split("\\s+", -1);
      int localPort = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
      if (port.test(localPort)) {
        drops += Long.parseLong(fields[fields.length - 1]);
      }
    }
    return drops;
  }

  private List<String> lines(String file) {
    Path path = root.resolve(file);
    if (!Files.isReadable(path)) {
      return List.of();
    }
    try {
      return Files.readAllLines(path);
    } catch (IOException gone) {
      return List.of(); // Not there after all, as good as not there at all.
    }
  }
}
