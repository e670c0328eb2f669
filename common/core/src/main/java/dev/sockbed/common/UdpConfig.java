package dev.sockbed.common;

import java.time.Duration;

/**
 * What can be set on a UDP socket.
 *
 * @param shared what TCP has too. The receive limit is at most 65,507; what a datagram has beyond
 *     it is gone. The receive buffer is 4 MiB unless set: the system's default holds some 256
 *     datagrams of 128 bytes on Linux, and drops the others
 * @see TcpConfig
 */
public record UdpConfig(SharedConfig shared) implements SocketConfig, SharedChanges<UdpConfig> {

  /** 65,535 bytes of an IPv4 packet, less its header of 20 and UDP's of 8. */
  public static final int LONGEST_DATAGRAM = 65_507;

  /** Every value at its default. */
  public static final UdpConfig DEFAULT =
      new UdpConfig(SharedConfig.DEFAULT).withReceiveBufferBytes(4 << 20);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public UdpConfig {
    shared.checkReceiveLimit(Transport.UDP, LONGEST_DATAGRAM);
  }

  @Override
  public Transport transport() {
    return Transport.UDP;
  }

  @Override
  public UdpConfig withShared(SharedConfig shared) {
    return new UdpConfig(shared);
  }

  @Override
  public UdpConfig withReceiveTimeout(Duration receiveTimeout) {
    return SharedChanges.super.withReceiveTimeout(receiveTimeout);
  }
}
