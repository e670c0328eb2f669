package dev.sockbed.common;

import org.jspecify.annotations.Nullable;

/**
 * What a socket's packets are marked with and by which way they leave; null leaves the system's
 * default.
 *
 * @param dscp the differentiated services code point (RFC 2474), 0 to 63: {@code IP_TOS} or {@code
 *     IPV6_TCLASS}, shifted by two
 * @param ttl how many hops a packet may make, 1 to 255: {@code IP_TTL} or {@code
 *     IPV6_UNICAST_HOPS}; Linux only
 * @param networkInterface the only interface that packets leave and come by, as in {@code eth0}:
 *     {@code SO_BINDTODEVICE}; Linux only
 */
public record PacketOptions(
    @Nullable Integer dscp, @Nullable Integer ttl, @Nullable String networkInterface) {

  /** Every value at the system's default. */
  public static final PacketOptions DEFAULT = new PacketOptions(null, null, null);

  private static final int LARGEST_DSCP = 63;
  private static final int LARGEST_TTL = 255;

  /** {@code IFNAMSIZ} less its final zero. */
  private static final int LONGEST_NAME = 15;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public PacketOptions {
    check("DSCP", dscp, 0, LARGEST_DSCP);
    check("TTL", ttl, 1, LARGEST_TTL);
    if (networkInterface != null && !networkInterface.matches("[!-~]{1," + LONGEST_NAME + "}")) {
      throw new IllegalArgumentException(
          "the name of an interface has 1 to %d characters without spaces, not '%s'"
              .formatted(LONGEST_NAME, networkInterface));
    }
  }

  private static void check(String name, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new IllegalArgumentException(
          "the %s must be %d to %d, not %d".formatted(name, least, most, value));
    }
  }
}
