package dev.sockbed.common;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;

/** The address family of a socket, with its POSIX name. */
public enum AddressFamily {
  /** IPv4. */
  INET("AF_INET", "IPv4", StandardProtocolFamily.INET),
  /** IPv6. */
  INET6("AF_INET6", "IPv6", StandardProtocolFamily.INET6);

  private final String posixName;
  private final String label;
  private final StandardProtocolFamily protocolFamily;

  AddressFamily(String posixName, String label, StandardProtocolFamily protocolFamily) {
    this.posixName = posixName;
    this.label = label;
    this.protocolFamily = protocolFamily;
  }

  /** The family that {@code address} belongs to. */
  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? INET : INET6;
  }

  /** {@code AF_INET} or {@code AF_INET6}. */
  public String posixName() {
    return posixName;
  }

  /** {@code IPv4} or {@code IPv6}. */
  public String label() {
    return label;
  }

  /** The address that stands for all addresses of this machine: {@code INADDR_ANY}. */
  public InetAddress wildcard() {
    return InetAddress.ofLiteral(this == INET ? "0.0.0.0" : "::");
  }

  /** The JDK's name for this family, as its channels want it. */
  public ProtocolFamily protocolFamily() {
    return protocolFamily;
  }
}
