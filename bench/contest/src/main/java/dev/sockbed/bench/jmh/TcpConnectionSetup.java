package dev.sockbed.bench.jmh;

import dev.sockbed.common.Transport;

/**
 * How long it takes to be served over TCP from nothing.
 *
 * @see UdpConnectionSetup
 */
public class TcpConnectionSetup extends ConnectionSetup {
  /** Made by JMH. */
  public TcpConnectionSetup() {
    super(Transport.TCP);
  }
}
