package dev.sockbed.client.device;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A link that this machine has: an interface that is named, or else the one through which packets
 * to the assistant go. Joining it is somebody else's work: a cable, or the system's own.
 */
public final class HostLink implements NetworkLink {
  private final Address assistant;
  private final LocalEnd local;
  private final @Nullable String interfaceName;
  private final NetworkFiles files;

  /**
   * A link to an assistant.
   *
   * @param assistant where packets are to go
   * @param local from where
   * @param interfaceName the interface to look at, or null for the one that routes there
   * @param root the file system's root, under which {@code proc} and {@code etc} are read
   */
  public HostLink(Address assistant, LocalEnd local, @Nullable String interfaceName, Path root) {
    this.assistant = assistant.asTarget();
    this.local = local;
    this.interfaceName = interfaceName;
    this.files = new NetworkFiles(root);
  }

  /** Does nothing: the system joins by itself. */
  @Override
  public void join(Duration atMost) {}

  @Override
  public LinkState state() throws LinkDownException, SocketFailure {
    try {
      return interfaceName == null ? stateOfRoute() : stateOf(interfaceName);
    } catch (SocketException e) {
      throw new UncheckedIOException("the system's interfaces can't be listed", e);
    }
  }

  private LinkState stateOfRoute() throws SocketException, SocketFailure {
    if (needsNameServer() && noNetworkIsUp()) {
      // Asking now would fail, and the JDK remembers an unknown name for ten seconds.
      return new LinkState.Down("no network interface is up with an address");
    }
    if (!isHere(local)) {
      return new LinkState.Down("no interface has the address " + local.withoutPort());
    }
    for (InetSocketAddress remote : local.remotes(assistant)) {
      InetAddress source = localAddressTowards(remote);
      NetworkInterface through = source == null ? null : interfaceOf(source);
      if (source != null && through != null) {
        return through.isUp() ? up(through, source) : down(through.getName());
      }
    }
    return new LinkState.Down("there is no route to " + assistant.host());
  }

  /** The loopback interface has more addresses than it lists. */
  private static @Nullable NetworkInterface interfaceOf(InetAddress source) throws SocketException {
    NetworkInterface known = NetworkInterface.getByInetAddress(source);
    return known == null && source.isLoopbackAddress()
        ? NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
        : known;
  }

  /** Whether this machine has the address; it has the wildcard, and none that is not asked for. */
  private static boolean isHere(LocalEnd local) throws SocketException {
    InetSocketAddress address = local.address();
    return address == null
        || address.getAddress().isAnyLocalAddress()
        || address.getAddress().isLoopbackAddress()
        || NetworkInterface.getByInetAddress(address.getAddress()) != null;
  }

  /** Connecting a UDP socket looks the route up and sends nothing. */
  private @Nullable InetAddress localAddressTowards(InetSocketAddress remote) throws SocketFailure {
    AddressFamily family = AddressFamily.of(remote.getAddress());
    try (UdpSocket socket = UdpSocket.open(family, UdpConfig.DEFAULT)) {
      InetSocketAddress own = local.withoutPort().address();
      if (own != null) {
        socket.bind(own);
      }
      socket.connect(remote);
      return socket.localAddress().getAddress();
    } catch (SocketFailure e) {
      boolean mayChange =
          e.error() == SocketError.UNREACHABLE || e.error() == SocketError.ADDRESS_NOT_AVAILABLE;
      if (mayChange) {
        return null;
      }
      throw e;
    }
  }

  private LinkState stateOf(String name) throws SocketException, LinkDownException {
    NetworkInterface named = NetworkInterface.getByName(name);
    if (named == null) {
      return stateWithoutAddress(name);
    }
    if (!named.isUp()) {
      return down(name);
    }
    return named
        .inetAddresses()
        .filter(this::isUsable)
        .min(Comparator.comparing(AddressFamily::of)) // IPv4 first, as the lesson has it.
        .<LinkState>map(address -> up(named, address))
        .orElseGet(() -> withoutAddress(name));
  }

  /** The JDK knows interfaces that have an address, and no others. */
  private LinkState stateWithoutAddress(String name) throws LinkDownException {
    List<String> all = files.interfaces();
    if (all.isEmpty() || (all.contains(name) && files.isUp(name))) {
      return withoutAddress(name);
    }
    if (all.contains(name)) {
      return down(name);
    }
    throw new LinkDownException(
        "there is no interface '" + name + "', only " + String.join(", ", all));
  }

  /**
   * Whether packets to the assistant could come from that address. A link-local address is there as
   * soon as the link is, and leads nowhere else.
   */
  private boolean isUsable(InetAddress address) {
    if (isName()) {
      return !address.isLinkLocalAddress();
    }
    InetAddress target = InetAddress.ofLiteral(withoutScope(assistant.host()));
    return AddressFamily.of(address) == AddressFamily.of(target)
        && address.isLinkLocalAddress() == target.isLinkLocalAddress();
  }

  private LinkState up(NetworkInterface through, InetAddress local) {
    String name = through.getName();
    Optional<InterfaceAddress> known =
        through.getInterfaceAddresses().stream()
            .filter(address -> address.getAddress().equals(local))
            .findFirst();
    return new LinkState.Up(
        new NetworkInformation(
            name,
            known.map(InterfaceAddress::getAddress).orElse(local).getHostAddress(),
            known.map(HostLink::netmask).orElse(NetworkInformation.UNKNOWN),
            files.gateway(name, AddressFamily.of(local)).orElse(NetworkInformation.UNKNOWN),
            files.dns().orElse(NetworkInformation.UNKNOWN)));
  }

  private static LinkState down(String name) {
    return new LinkState.Down(name + " is down");
  }

  private static LinkState withoutAddress(String name) {
    return new LinkState.Down(name + " has no address");
  }

  private static String netmask(InterfaceAddress address) {
    int prefixLength = address.getNetworkPrefixLength();
    return switch (AddressFamily.of(address.getAddress())) {
      case INET -> {
        int mask = prefixLength == 0 ? 0 : -1 << (Integer.SIZE - prefixLength);
        yield "%d.%d.%d.%d"
            .formatted(mask >>> 24, mask >>> 16 & 0xff, mask >>> 8 & 0xff, mask & 0xff);
      }
      case INET6 -> "/" + prefixLength;
    };
  }

  private static boolean noNetworkIsUp() throws SocketException {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      boolean leadsSomewhere =
          each.inetAddresses()
              .anyMatch(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress());
      if (leadsSomewhere && each.isUp()) {
        return false;
      }
    }
    return true;
  }

  private boolean needsNameServer() {
    String host = assistant.host();
    return isName() && !host.equals("localhost") && !host.endsWith(".localhost");
  }

  private boolean isName() {
    String host = assistant.host();
    return !host.contains(":") && !host.matches("[0-9.]+");
  }

  private static String withoutScope(String host) {
    int percent = host.indexOf('%');
    return percent < 0 ? host : host.substring(0, percent);
  }
}
