package dev.sockbed.common;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/** How the host of an {@link Address} is written. */
final class Host {
  private static final String OCTET = "0|[1-9][0-9]{0,2}";
  private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

  /** Any visible ASCII but what would end the host: an interface may have an odd name. */
  private static final String SCOPE = "[!-~&&[^%/\\[\\]]]+";

  /** What looser parsers take for a number of an IPv4 address, in base 10, 8 or 16. */
  private static final String NUMBER = "[0-9]+|0[xX][0-9A-Fa-f]*";

  private static final int LONGEST_NAME = 253;
  private static final int IPV6_GROUPS = 8;

  private Host() {}

  /**
   * The one spelling of a host: names in lower case, IPv6 by RFC 5952.
   *
   * @param text the whole address, for the error
   * @throws AddressSyntaxException if {@code host} is no IPv4 address, IPv6 address or name
   */
  static String canonical(String text, String host) {
    if (host.isEmpty()) {
      throw new AddressSyntaxException(text, "the host is missing");
    }
    if (host.indexOf(':') >= 0) {
      return canonicalIpv6(text, host);
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String lastLabel = name.substring(name.lastIndexOf('.') + 1);
    // No name ends in a number (RFC 3696, section 2), so this is an address or meant as one.
    return lastLabel.matches(NUMBER)
        ? checkedIpv4(text, host)
        : checkedName(text, name) + host.substring(name.length());
  }

  /** The text of an address as {@link #canonical} would have it. */
  static String of(InetAddress address) {
    return address instanceof Inet4Address
        ? address.getHostAddress()
        : compressed(address.getAddress()) + scopeWithPercent(address.getHostAddress());
  }

  private static String scopeWithPercent(String ipv6) {
    int percent = ipv6.indexOf('%');
    return percent < 0 ? "" : ipv6.substring(percent);
  }

  private static String canonicalIpv6(String text, String host) {
    String scope = scopeWithPercent(host);
    String literal = host.substring(0, host.length() - scope.length());
    if (!scope.isEmpty() && !scope.substring(1).matches(SCOPE)) {
      throw new AddressSyntaxException(text, "the scope after '%' must name an interface");
    }
    InetAddress address = inet6(text, literal);
    if (address instanceof Inet4Address) {
      throw new AddressSyntaxException(
          text, "'" + literal + "' is an IPv4 address: write " + address.getHostAddress());
    }
    return compressed(address.getAddress()) + scope;
  }

  private static InetAddress inet6(String text, String literal) {
    try {
      if (literal.indexOf('[') < 0) {
        return Inet6Address.ofLiteral(literal);
      }
    } catch (IllegalArgumentException _) {
      // Said below, in our words.
    }
    throw new AddressSyntaxException(text, "'" + literal + "' is not an IPv6 address");
  }

  /** RFC 5952: lower case, no leading zeros, the first longest run of zero groups as "::". */
  private static String compressed(byte[] address) {
    int[] groups = new int[IPV6_GROUPS];
    for (int i = 0; i < IPV6_GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
    }
    int runStart = 0;
    int runLength = 1; // A single zero group is written out.
    for (int i = 0; i < IPV6_GROUPS; i++) {
      int length = zeroGroupsFrom(groups, i);
      if (length > runLength) {
        runStart = i;
        runLength = length;
      }
    }
    return runLength == 1
        ? joined(groups, 0, IPV6_GROUPS)
        : joined(groups, 0, runStart) + "::" + joined(groups, runStart + runLength, IPV6_GROUPS);
  }

  private static int zeroGroupsFrom(int[] groups, int start) {
    int end = start;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String joined(int[] groups, int start, int end) {
    StringBuilder text = new StringBuilder();
    for (int i = start; i < end; i++) {
      text.append(i == start ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  private static String checkedIpv4(String text, String host) {
    String[] octets = host.split("\\.", -1);
    boolean good = octets.length == 4;
    for (String octet : octets) {
      good &= octet.matches(OCTET) && Integer.parseInt(octet) <= 255;
    }
    if (!good) {
      throw new AddressSyntaxException(
          text, "'" + host + "' is not an IPv4 address (four numbers from 0 to 255)");
    }
    return host;
  }

  /**
   * Host names by RFC 1123, section 2.1, and with underscores, which resolvers take and containers
   * and Windows machines are named with; names in other scripts are given in their xn-- form.
   */
  private static String checkedName(String text, String name) {
    boolean good = name.length() <= LONGEST_NAME;
    for (String label : name.split("\\.", -1)) {
      good &= label.matches(LABEL);
    }
    if (!good) {
      throw new AddressSyntaxException(
          text, "'" + name + "' is not a host name (letters, digits, '-', '_' and '.')");
    }
    return name.toLowerCase(Locale.ROOT);
  }
}
