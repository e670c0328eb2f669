package dev.sockbed.common;

import java.util.Locale;

/**
 * The two transports that sockbed sets side by side, with the names that POSIX gives them.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/socket.html">socket(2),
 *     POSIX.1-2024</a>
 */
public enum Transport {
  /** A byte stream between two ends: reliable, in order, without message boundaries. RFC 9293. */
  TCP("SOCK_STREAM", "IPPROTO_TCP", 6),
  /** Single datagrams: each arrives whole or not at all, in any order, or twice. RFC 768. */
  UDP("SOCK_DGRAM", "IPPROTO_UDP", 17);

  private final String socketType;
  private final String protocol;
  private final int protocolNumber;

  Transport(String socketType, String protocol, int protocolNumber) {
    this.socketType = socketType;
    this.protocol = protocol;
    this.protocolNumber = protocolNumber;
  }

  /** The socket type passed to {@code socket(2)}: {@code SOCK_STREAM} or {@code SOCK_DGRAM}. */
  public String socketType() {
    return socketType;
  }

  /** The protocol passed to {@code socket(2)}: {@code IPPROTO_TCP} or {@code IPPROTO_UDP}. */
  public String protocol() {
    return protocol;
  }

  /** The protocol's number in the IP header: 6 or 17. */
  public int protocolNumber() {
    return protocolNumber;
  }

  /** The name in addresses and files: {@code tcp} or {@code udp}. */
  public String scheme() {
    return name().toLowerCase(Locale.ROOT);
  }
}
