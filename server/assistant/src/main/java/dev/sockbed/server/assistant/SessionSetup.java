package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import org.jspecify.annotations.Nullable;

/**
 * What to open.
 *
 * @param mode what to be
 * @param address where to listen ({@code tcp-server}, {@code udp}) or whom to connect to ({@code
 *     tcp-client})
 * @param remote over UDP, a peer to list before it has sent anything; otherwise null
 * @param receiveLimit the most bytes one receive gives, 1 to 65,507 over either transport
 */
public record SessionSetup(Mode mode, Address address, @Nullable Address remote, int receiveLimit) {

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException naming what does not
   */
  public SessionSetup {
    if (receiveLimit < 1 || receiveLimit > UdpConfig.LONGEST_DATAGRAM) {
      throw new IllegalArgumentException(
          "the receive limit must be 1 to %d bytes, not %d"
              .formatted(UdpConfig.LONGEST_DATAGRAM, receiveLimit));
    }
    if (address.transport() != mode.transport()) {
      throw new IllegalArgumentException(mode.label() + " does not go with " + address);
    }
    if (mode == Mode.TCP_CLIENT) {
      address = address.asTarget();
    }
    if (remote != null) {
      if (mode != Mode.UDP || remote.transport() != Transport.UDP) {
        throw new IllegalArgumentException("only udp takes a second address, that of a peer");
      }
      remote = remote.asTarget();
    }
  }

  /** With the lesson's receive limit of 128 bytes and no peer named. */
  public static SessionSetup of(Mode mode, String host, int port) {
    return new SessionSetup(
        mode, new Address(mode.transport(), host, port), null, SocketConfig.DEFAULT_RECEIVE_LIMIT);
  }

  /** The same but for the receive limit, in bytes. */
  public SessionSetup withReceiveLimit(int bytes) {
    return new SessionSetup(mode, address, remote, bytes);
  }

  /** The same but with a UDP peer to begin with. */
  public SessionSetup withRemote(Address peer) {
    return new SessionSetup(mode, address, peer, receiveLimit);
  }

  /** As the script language has it, {@code udp 127.0.0.1:10000 limit 128}, without its command. */
  @Override
  public String toString() {
    return describe(address.toString());
  }

  /**
   * The same, with the port that was picked.
   *
   * @param localAddress this end's address
   */
  String describe(String localAddress) {
    String where = mode == Mode.TCP_CLIENT ? address.toString() : localAddress;
    return mode.label()
        + " "
        + withoutScheme(where)
        + (remote == null ? "" : " to " + withoutScheme(remote.toString()))
        + " limit "
        + receiveLimit;
  }

  private static String withoutScheme(String address) {
    return address.substring(address.indexOf("://") + "://".length());
  }
}
