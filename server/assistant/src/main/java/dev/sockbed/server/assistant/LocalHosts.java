package dev.sockbed.server.assistant;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of this machine's interfaces. */
public final class LocalHosts {
  private LocalHosts() {}

  /**
   * One address.
   *
   * @param host numeric, with its scope if it needs one
   * @param networkInterface the interface that has it
   * @param loopback whether only this machine can reach it
   */
  public record LocalHost(String host, String networkInterface, boolean loopback) {}

  /** Those of the interfaces that are up, loopback first, IPv4 before IPv6; empty if none tell. */
  public static List<LocalHost> find() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(LocalHosts::of)
          .sorted(
              Comparator.comparing((LocalHost local) -> !local.loopback())
                  .thenComparing(local -> local.host().indexOf(':') >= 0))
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static Stream<LocalHost> of(NetworkInterface networkInterface) {
    return networkInterface
        .inetAddresses()
        .map(address ->
            new LocalHost(shown(address), networkInterface.getName(), address.isLoopbackAddress()));
  }

  private static String shown(InetAddress address) {
    String host = address.getHostAddress();
    int scope = host.indexOf('%');
    return address.isLoopbackAddress() && scope > 0 ? host.substring(0, scope) : host;
  }
}
