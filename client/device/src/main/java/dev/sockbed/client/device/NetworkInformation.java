package dev.sockbed.client.device;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of the network that was joined. What is unknown is {@code -}.
 *
 * @param interfaceName as in {@code wlan0}
 * @param address this machine's address in that network
 * @param netmask as in {@code 255.255.255.0}, or for IPv6 the prefix length, as in {@code /64}
 * @param gateway the interface's default gateway
 * @param dns the name server that is asked first
 */
public record NetworkInformation(
    String interfaceName, String address, String netmask, String gateway, String dns) {
  /** Stands for what is not known. */
  public static final String UNKNOWN = "-";

  /** The tuple that MicroPython's {@code wlan.ifconfig()} gives. */
  @Override
  public String toString() {
    return Stream.of(address, netmask, gateway, dns)
        .collect(Collectors.joining("', '", "('", "')"));
  }
}
