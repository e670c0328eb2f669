package dev.sockbed.bench.jmh;

import dev.sockbed.common.Transport;

/**
 * How long one message takes to the echo server and back over TCP, one at a time.
 *
 * @see UdpRoundTripLatency
 * @see BareTcpRoundTripLatency
 */
public class TcpRoundTripLatency extends RoundTripLatency {
  /** Made by JMH. */
  public TcpRoundTripLatency() {
    super(Transport.TCP);
  }
}
