package dev.sockbed.bench.jmh;

import dev.sockbed.common.Transport;

/**
 * How long one message takes to the echo server and back over UDP, one at a time.
 *
 * @see TcpRoundTripLatency
 * @see BareUdpRoundTripLatency
 */
public class UdpRoundTripLatency extends RoundTripLatency {
  /** Made by JMH. */
  public UdpRoundTripLatency() {
    super(Transport.UDP);
  }
}
