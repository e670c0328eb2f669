package dev.sockbed.common;

import java.net.InetSocketAddress;

/**
 * What identifies a conversation on a network: protocol, local address and port, remote address and
 * port. No two open TCP connections of a host share all five.
 *
 * @param transport the protocol
 * @param local this end
 * @param remote the other end
 */
public record FiveTuple(Transport transport, InetSocketAddress local, InetSocketAddress remote) {

  /** The same conversation as the other end sees it. */
  public FiveTuple reversed() {
    return new FiveTuple(transport, remote, local);
  }

  /** {@code tcp 127.0.0.1:50714 -> 127.0.0.1:10000}: protocol, local end, remote end. */
  @Override
  public String toString() {
    return transport.scheme() + " " + hostAndPort(local) + " -> " + hostAndPort(remote);
  }

  private String hostAndPort(InetSocketAddress end) {
    String address = Address.of(transport, end).toString();
    return address.substring(address.indexOf("://") + "://".length());
  }
}
