package dev.sockbed.client.device;

import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What can be set in the board's program.
 *
 * @param assistant whom to connect to
 * @param socket how the socket is set up; of the assistant's transport. Its receive timeout, if not
 *     zero, ends the program when nothing comes for that long
 * @param linkTimeout how long to wait for a link and an address, in whole
 * @param greeting what to send first, as UTF-8; over TCP, empty sends nothing
 * @param replyPrefix what to send in front of what was received, as UTF-8
 * @param pause how long to do nothing after each reply; may be zero
 * @param count after how many replies to end; {@link #WITHOUT_END} for never
 * @param profile whose habits it has
 */
public record BoardSettings(
    Address assistant,
    SocketConfig socket,
    Duration linkTimeout,
    String greeting,
    String replyPrefix,
    Duration pause,
    long count,
    BoardProfile profile) {

  /** The lesson's greeting. */
  public static final String DEFAULT_GREETING = "Hello 01Studio!";

  /** The lesson's prefix. */
  public static final String DEFAULT_REPLY_PREFIX = "I got:";

  /** Stands for a program that never ends by itself. */
  public static final long WITHOUT_END = Long.MAX_VALUE;

  /** The same with our own habits. */
  public BoardSettings(
      Address assistant,
      SocketConfig socket,
      Duration linkTimeout,
      String greeting,
      String replyPrefix,
      Duration pause,
      long count) {
    this(assistant, socket, linkTimeout, greeting, replyPrefix, pause, count, BoardProfile.SOCKBED);
  }

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public BoardSettings {
    if (socket.transport() != assistant.transport()) {
      throw new IllegalArgumentException(
          "the socket is for " + socket.transport().scheme() + ", the address is " + assistant);
    }
    if (count < 1) {
      throw new IllegalArgumentException("the count must be at least 1, not " + count);
    }
    if (!profile.hasIdleTimeout() && !socket.receiveTimeout().isZero()) {
      throw new IllegalArgumentException(
          "a program of profile %s can't tell that nothing comes, and has no idle timeout"
              .formatted(profile.label()));
    }
    if (assistant.transport() == Transport.UDP) {
      checkDatagram("greeting", length(greeting));
      checkDatagram("longest reply", length(replyPrefix) + socket.receiveLimit());
    }
    Durations.checkNotNegative("link timeout", linkTimeout);
    Durations.checkNotNegative("pause", pause);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void checkDatagram(String what, int bytes) {
    if (bytes > UdpConfig.LONGEST_DATAGRAM) {
      throw new IllegalArgumentException(
          "the %s would be %d bytes long; a datagram holds %d"
              .formatted(what, bytes, UdpConfig.LONGEST_DATAGRAM));
    }
  }
}
