package dev.sockbed.common;

/**
 * The errors of socket calls, one for each thing a caller can do about it. The JDK hides {@code
 * errno}; these give it back by its POSIX name.
 */
public enum SocketError {
  /** Nothing listens there: a TCP RST, or ICMP port unreachable for UDP. Start the peer. */
  REFUSED("ECONNREFUSED", "refused: nothing listens there"),
  /** The time allowed for the call ran out. Wait longer or give up. */
  TIMED_OUT("ETIMEDOUT", "timed out"),
  /** No route to that network or host. Check addresses and links. */
  UNREACHABLE("ENETUNREACH", "unreachable: no route to that host"),
  /** This end was closed, perhaps by another thread while the call waited. */
  CLOSED("EBADF", "closed by this end"),
  /** The peer broke the connection off, or went on without us (RST). Connect anew. */
  RESET("ECONNRESET", "connection reset by the peer"),
  /** Another socket holds that address and port. Choose another, or end the holder. */
  ADDRESS_IN_USE("EADDRINUSE", "the address is in use by another socket"),
  /**
   * The address belongs to none of this machine's interfaces; or, when connecting, every local port
   * is taken by a connection to that peer or one of the last minute.
   */
  ADDRESS_NOT_AVAILABLE("EADDRNOTAVAIL", "no interface has that address, or no port is left"),
  /** The system forbids it: a port below 1024, a broadcast, a firewall's rule. */
  PERMISSION_DENIED("EACCES", "permission denied"),
  /** The datagram is longer than the transport carries. */
  MESSAGE_TOO_LONG("EMSGSIZE", "the message is longer than a datagram can be"),
  /** An IPv4 socket was given an IPv6 address. Open a socket of that family. */
  WRONG_FAMILY("EAFNOSUPPORT", "the address is of another family (IPv4, IPv6) than the socket"),
  /** The process or system has no more descriptors or buffers. Close some, or wait. */
  OUT_OF_RESOURCES("EMFILE", "out of descriptors or buffers"),
  /** The name stands for no address. */
  UNKNOWN_HOST("EAI_NONAME", "unknown host"),
  /** The name stands for addresses of the other family (IPv4, IPv6) only. Ask for that one. */
  NO_ADDRESS_OF_FAMILY("EAI_ADDRFAMILY", "it has no address of that family"),
  /** Any other; the cause tells. */
  OTHER("EIO", "input/output error");

  private final String posixName;
  private final String meaning;

  SocketError(String posixName, String meaning) {
    this.posixName = posixName;
    this.meaning = meaning;
  }

  /** The {@code errno} (or {@code getaddrinfo}) name that a C program would see. */
  public String posixName() {
    return posixName;
  }

  /** What it means, in a few words for a person. */
  public String meaning() {
    return meaning;
  }
}
