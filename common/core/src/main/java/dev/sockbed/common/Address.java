package dev.sockbed.common;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Where to listen or connect: {@code tcp://127.0.0.1:10000}, {@code udp://[fe80::1%eth0]:9}, {@code
 * tcp://board.local:10000}.
 *
 * @param transport TCP or UDP
 * @param host an IPv4 address; an IPv6 address without brackets, spelled as RFC 5952 says, with
 *     {@code %scope} where it needs one; or a host name in lower case
 * @param port 0 to 65535; 0 asks for any free port and is good for listening only
 */
public record Address(Transport transport, String host, int port) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws AddressSyntaxException if the host is no address or name, or the port is out of range
   */
  public Address {
    Objects.requireNonNull(transport);
    host = Host.canonical(host, host);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new AddressSyntaxException(host + ":" + port, "the port must be 0 to 65535");
    }
  }

  /**
   * Reads {@code tcp://HOST:PORT} or {@code udp://HOST:PORT}, and nothing looser: no default port,
   * no path, IPv6 in brackets only, IPv4 as four decimal numbers only.
   *
   * @throws AddressSyntaxException naming the first fault found
   */
  public static Address parse(String text) {
    int schemeEnd = text.indexOf("://");
    if (schemeEnd < 0) {
      throw new AddressSyntaxException(text, "write tcp://HOST:PORT or udp://HOST:PORT");
    }
    Transport transport =
        switch (text.substring(0, schemeEnd).toLowerCase(Locale.ROOT)) {
          case "tcp" -> Transport.TCP;
          case "udp" -> Transport.UDP;
          default -> throw new AddressSyntaxException(text, "it must begin with tcp:// or udp://");
        };
    String rest = text.substring(schemeEnd + "://".length());
    return rest.startsWith("[")
        ? parseBracketed(text, transport, rest)
        : parseUnbracketed(text, transport, rest);
  }

  /**
   * The address of a socket that is bound or connected already; its host is numeric.
   *
   * @throws IllegalArgumentException if {@code address} is a name that was never resolved
   */
  public static Address of(Transport transport, InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(address.getHostString() + " is not resolved");
    }
    return new Address(transport, Host.of(address.getAddress()), address.getPort());
  }

  /**
   * This address, for connecting or sending to.
   *
   * @throws AddressSyntaxException if the port is 0, on which nothing can listen, or the host is
   *     the wildcard, which is nobody's address
   */
  public Address asTarget() {
    if (port == 0) {
      throw new AddressSyntaxException(toString(), "port 0 is for listening; name the peer's port");
    }
    if (host.equals("0.0.0.0") || host.equals("::")) {
      throw new AddressSyntaxException(
          toString(), "the wildcard is for listening; name the peer's address");
    }
    return this;
  }

  /** The same host and port over another transport. */
  public Address withTransport(Transport other) {
    return new Address(other, host, port);
  }

  /**
   * Every address that the host stands for: {@code getaddrinfo(3)}. The JDK puts IPv4 before IPv6
   * unless {@code java.net.preferIPv6Addresses} is {@code system}, and keeps the resolver's order
   * within each.
   *
   * @return at least one socket address
   * @throws SocketFailure {@link SocketError#UNKNOWN_HOST} if there is none
   */
  public List<InetSocketAddress> resolve() throws SocketFailure {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException e) {
      throw new SocketFailure(SocketError.UNKNOWN_HOST, "resolve " + host, e);
    }
  }

  /**
   * This address as a socket call takes it. Nobody is asked for it: a name, which may stand for
   * several addresses, has none.
   *
   * @throws AddressSyntaxException if the host is a name
   */
  public InetSocketAddress literal() {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    } catch (IllegalArgumentException aName) {
      throw new AddressSyntaxException(
          toString(), "one address is wanted, and a name may stand for several");
    }
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return transport.scheme() + "://" + bracketed + ":" + port;
  }

  private static Address parseBracketed(String text, Transport transport, String rest) {
    int close = rest.indexOf(']');
    if (close < 0) {
      throw new AddressSyntaxException(text, "the bracket '[' is never closed");
    }
    String host = rest.substring(1, close);
    if (host.indexOf(':') < 0) {
      throw new AddressSyntaxException(text, "brackets are for IPv6 addresses only");
    }
    String tail = rest.substring(close + 1);
    if (!tail.startsWith(":")) {
      throw new AddressSyntaxException(text, "after ']' comes :PORT");
    }
    return new Address(transport, Host.canonical(text, host), parsePort(text, tail.substring(1)));
  }

  private static Address parseUnbracketed(String text, Transport transport, String rest) {
    int colon = rest.indexOf(':');
    if (colon < 0) {
      throw new AddressSyntaxException(text, "the port is missing: write HOST:PORT");
    }
    String port = rest.substring(colon + 1);
    if (port.indexOf(':') >= 0) {
      throw new AddressSyntaxException(
          text, "too many colons: write an IPv6 address in brackets, as in [::1]:10000");
    }
    String host = rest.substring(0, colon);
    return new Address(transport, Host.canonical(text, host), parsePort(text, port));
  }

  private static int parsePort(String text, String port) {
    if (port.isEmpty()) {
      throw new AddressSyntaxException(text, "the port is missing after ':'");
    }
    boolean plainNumber = port.length() <= 5 && port.chars().allMatch(Address::isDigit);
    boolean paddedWithZero = port.length() > 1 && port.startsWith("0");
    if (!plainNumber || paddedWithZero || Integer.parseInt(port) > HIGHEST_PORT) {
      throw new AddressSyntaxException(
          text, "the port must be a number from 0 to 65535, not '" + port + "'");
    }
    return Integer.parseInt(port);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
