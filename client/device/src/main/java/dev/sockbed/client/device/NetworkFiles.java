package dev.sockbed.client.device;

import dev.sockbed.common.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the system's files tell of the network and the JDK does not: the default gateway (Linux
 * only), the name server, and interfaces without an address.
 *
 * @param root the file system's root; another one in tests
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 * @see <a href="https://man7.org/linux/man-pages/man5/resolv.conf.5.html">resolv.conf(5)</a>
 */
record NetworkFiles(Path root) {
  private static final int RTF_GATEWAY = 2;

  /** A default route through a gateway. */
  private record DefaultRoute(String interfaceName, InetAddress gateway, long metric) {}

  /** The gateway of that interface's default route, the preferred one if there are several. */
  Optional<String> gateway(String interfaceName, AddressFamily family) {
    Stream<DefaultRoute> routes =
        switch (family) {
          case INET -> lines("proc/net/route").flatMap(NetworkFiles::defaultRoute);
          case INET6 -> lines("proc/net/ipv6_route").flatMap(NetworkFiles::defaultIpv6Route);
        };
    return routes
        .filter(route -> route.interfaceName().equals(interfaceName))
        .min(Comparator.comparingLong(DefaultRoute::metric))
        .map(route -> route.gateway().getHostAddress());
  }

  /** The name server that is asked first. */
  Optional<String> dns() {
    return lines("etc/resolv.conf")
        .map(line -> line.strip().split("\\s+", -1))
        .filter(words -> words.length > 1 && words[0].equals("nameserver"))
        .map(words -> words[1])
        .findFirst();
  }

  /**
   * The names of all interfaces, also of those without an address, which the JDK leaves out.
   *
   * @return sorted; empty if this system does not tell
   */
  List<String> interfaces() {
    try (Stream<Path> folders = Files.list(root.resolve("sys/class/net"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException notOnThisSystem) {
      return List.of();
    }
  }

  /** Whether packets could go through that interface (RFC 2863, {@code ifOperStatus}). */
  boolean isUp(String interfaceName) {
    return lines("sys/class/net/" + interfaceName + "/operstate")
        .anyMatch(state -> state.equals("up") || state.equals("unknown"));
  }

  /** Columns: interface, destination, gateway, flags, references, use, metric, mask… */
  private static Stream<DefaultRoute> defaultRoute(String line) {
    String[] columns = line.strip().split("\\s+", -1);
    boolean isDefault = columns.length > 7 && columns[1].equals("00000000") && isZero(columns[7]);
    if (!isDefault || !hasGateway(columns[3])) {
      return Stream.empty();
    }
    // The file has each address as one number in this processor's byte order.
    int number = HexFormat.fromHexDigits(columns[2]);
    byte[] gateway =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(number).array();
    return Stream.of(new DefaultRoute(columns[0], addressOf(gateway), Long.parseLong(columns[6])));
  }

  /**
   * Columns: destination, prefix, source, prefix, gateway, metric, references, use, flags, name.
   */
  private static Stream<DefaultRoute> defaultIpv6Route(String line) {
    String[] columns = line.strip().split("\\s+", -1);
    boolean isDefault = columns.length == 10 && isZero(columns[0]) && isZero(columns[1]);
    if (!isDefault || !hasGateway(columns[8])) {
      return Stream.empty();
    }
    long metric = HexFormat.fromHexDigitsToLong(columns[5]);
    byte[] gateway = HexFormat.of().parseHex(columns[4]);
    return Stream.of(new DefaultRoute(columns[9], addressOf(gateway), metric));
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(digit -> digit == '0');
  }

  private static boolean hasGateway(String flags) {
    return (HexFormat.fromHexDigitsToLong(flags) & RTF_GATEWAY) != 0;
  }

  private static InetAddress addressOf(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  private Stream<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1).stream();
    } catch (IOException notOnThisSystem) {
      return Stream.empty(); // Then what it would tell is unknown.
    }
  }
}
