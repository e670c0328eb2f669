package dev.sockbed.client.device;

import dev.sockbed.common.SocketFailure;
import java.time.Duration;

/** The board's way into a network: the lesson's {@code wlan}. */
public interface NetworkLink {
  /**
   * Does what has to be done to join: {@code wlan.connect(ssid, password)}. It is {@link #state}
   * that tells whether it helped.
   *
   * @param atMost how long it may take
   * @throws LinkDownException if the network refused, or did not answer in that time
   * @throws InterruptedException if the thread was interrupted
   */
  void join(Duration atMost) throws LinkDownException, InterruptedException;

  /**
   * Looks: {@code wlan.isconnected()} and {@code wlan.ifconfig()}.
   *
   * @throws LinkDownException if waiting can't help, because there is no such interface
   * @throws SocketFailure if the host's name is unknown
   */
  LinkState state() throws LinkDownException, SocketFailure;
}
