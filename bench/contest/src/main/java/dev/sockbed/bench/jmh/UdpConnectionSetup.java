package dev.sockbed.bench.jmh;

import dev.sockbed.common.Transport;

/**
 * How long it takes to be served over UDP from nothing.
 *
 * @see TcpConnectionSetup
 */
public class UdpConnectionSetup extends ConnectionSetup {
  /** Made by JMH. */
  public UdpConnectionSetup() {
    super(Transport.UDP);
  }
}
