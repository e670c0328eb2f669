package dev.sockbed.common;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From where a client talks: of which family the peer's address has to be, and what {@code bind(2)}
 * gives the socket before {@code connect(2)}. Servers, which bind anyway, don't look at it.
 *
 * @param family IPv4 or IPv6 only; null for either, unless the address settles it
 * @param address the source address, or the wildcard, and the port or 0 for any free one; null
 *     leaves both to the system
 */
public record LocalEnd(@Nullable AddressFamily family, @Nullable InetSocketAddress address) {

  /** The system chooses. */
  public static final LocalEnd ANY = new LocalEnd(null, null);

  /**
   * @throws IllegalArgumentException if the address is of another family
   */
  public LocalEnd {
    if (address != null) {
      AddressFamily own = AddressFamily.of(address.getAddress());
      if (family != null && family != own) {
        throw new IllegalArgumentException(
            "the local address %s is not of %s".formatted(text(address), family.label()));
      }
      family = own;
    }
  }

  /**
   * Reads {@code ADDRESS[:PORT]}: {@code 127.0.0.2}, {@code 127.0.0.2:5000}, {@code ::1} or {@code
   * [::1]:5000}. Names are not read, since one may stand for several addresses.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static InetSocketAddress parse(String text) {
    try {
      return Address.parse("tcp://" + withPort(text)).literal();
    } catch (AddressSyntaxException e) {
      throw new IllegalArgumentException(
          "not a local address: '%s' (write it as in 127.0.0.2, 127.0.0.2:5000, ::1 or [::1]:5000)"
              .formatted(text),
          e);
    }
  }

  private static String withPort(String text) {
    if (text.startsWith("[")) {
      return text.endsWith("]") ? text + ":0" : text;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return text + ":0";
    }
    return text.indexOf(':', colon + 1) < 0 ? text : "[" + text + "]:0";
  }

  /** The port, or 0 for any. */
  public int port() {
    return address == null ? 0 : address.getPort();
  }

  /**
   * What to bind a socket to that has to be bound.
   *
   * @param family whose wildcard it is if no address was asked for
   */
  public InetSocketAddress addressOr(AddressFamily family) {
    return address == null ? new InetSocketAddress(family.wildcard(), 0) : address;
  }

  /** The same at any free port: for a second socket beside the one that has the port. */
  public LocalEnd withoutPort() {
    return address == null
        ? this
        : new LocalEnd(family, new InetSocketAddress(address.getAddress(), 0));
  }

  /**
   * The addresses of a peer that can be talked to from here.
   *
   * @return at least one, in the resolver's order
   * @throws SocketFailure {@link SocketError#UNKNOWN_HOST}, or {@link
   *     SocketError#NO_ADDRESS_OF_FAMILY} if it has addresses of the other family only
   * @throws AddressSyntaxException if it is nobody's address
   */
  public List<InetSocketAddress> remotes(Address target) throws SocketFailure {
    List<InetSocketAddress> all = target.asTarget().resolve();
    AddressFamily wanted = family;
    if (wanted == null) {
      return all;
    }
    List<InetSocketAddress> right =
        all.stream().filter(remote -> AddressFamily.of(remote.getAddress()) == wanted).toList();
    if (right.isEmpty()) {
      throw new SocketFailure(
          SocketError.NO_ADDRESS_OF_FAMILY,
          "resolve %s to %s".formatted(target.host(), wanted.label()),
          null);
    }
    return right;
  }

  /** The form that {@link #parse} reads, or the family, or {@code any}. */
  @Override
  public String toString() {
    if (address == null) {
      return family == null ? "any" : family.label();
    }
    return text(address);
  }

  private static String text(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return address.getPort() == 0
        ? Host.of(host)
        : Address.of(Transport.TCP, address).toString().substring("tcp://".length());
  }
}
