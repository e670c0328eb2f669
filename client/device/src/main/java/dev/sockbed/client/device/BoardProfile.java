package dev.sockbed.client.device;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whose habits the program has: so that whoever writes the PC's side meets a board's before there
 * is a board. {@code docs/device.md} says, point by point, what of it is faithful.
 *
 * <p>The lesson's have the lesson's programs. Those named for a board have a plain program, which
 * sends bytes back as they are, on that board's socket layer: what they do wrong, the layer does.
 */
public enum BoardProfile {
  /** Ours: notices a close, and ends. */
  SOCKBED(Duration.ofMillis(300), Duration.ZERO, UdpConfig.LONGEST_DATAGRAM),
  /**
   * The lesson's first program: a receive waits; a close is taken for a receive of no bytes, and
   * answered, until a send fails. What is received is decoded as UTF-8, and the program dies of
   * what can't be.
   */
  LESSON(Duration.ofMillis(300), Duration.ZERO, UdpConfig.LONGEST_DATAGRAM),
  /**
   * Looks every 50 ms whether something has come, as the lesson's later program does; unlike that,
   * it notices a close, and decodes nothing.
   */
  LESSON_2(Duration.ofMillis(50), Duration.ofMillis(1), UdpConfig.LONGEST_DATAGRAM),
  /**
   * MicroPython's layer on the ESP32: after a receive of no bytes, which over UDP is an empty
   * datagram, each receive gives no bytes at once.
   */
  ESP32(Duration.ofMillis(50), Duration.ZERO, 1_472),
  /**
   * MicroPython's layer on lwIP, as on the RP2: few datagrams wait, and a send takes what fits into
   * a buffer of 6,400 bytes.
   */
  RP2(Duration.ofMillis(50), Duration.ZERO, 7_392),
  /**
   * One of the K230's two layers ({@code network_socket.c}): a receive collects bytes, and
   * datagrams, until it has as many as it was asked for or 500 ms are over. No bytes may mean
   * nothing, a close or an error, so none of these is noticed.
   */
  K230_A(Duration.ofMillis(50), Duration.ofMillis(10), 1_472),
  /**
   * The other ({@code network_rt_smart.c}): a receive collects bytes, and datagrams, until it has
   * as many as it was asked for, or the stream ends or fails, however long that takes. A send takes
   * 64,240 bytes at most.
   */
  K230_B(Duration.ofMillis(50), Duration.ZERO, 1_472);

  /** What {@link #K230_A} was called when the K230's layers were not yet told apart. */
  private static final String ONE_K230 = "k230";

  private final Duration pause;
  private final Duration receiveTimeout;
  private final int longestDatagram;

  BoardProfile(Duration pause, Duration receiveTimeout, int longestDatagram) {
    this.pause = pause;
    this.receiveTimeout = receiveTimeout;
    this.longestDatagram = longestDatagram;
  }

  /** The name in flags: {@code lesson-2}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The profile of that name; {@code k230} is an older one of {@code k230-a}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BoardProfile of(String label) {
    if (label.equals(ONE_K230)) {
      return K230_A;
    }
    for (BoardProfile profile : values()) {
      if (profile.label().equals(label)) {
        return profile;
      }
    }
    String all = Arrays.stream(values()).map(BoardProfile::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("not a profile: '%s' (one of %s)".formatted(label, all));
  }

  /** How long it does nothing after each turn. */
  public Duration pause() {
    return pause;
  }

  /** Whether a receive goes on until it has as many bytes as it was asked for. */
  public boolean collects() {
    return this == K230_A || this == K230_B;
  }

  /**
   * After how long a receive gives what it has collected until then; zero if it does not wait so.
   */
  public Duration collecting() {
    return this == K230_A ? Duration.ofMillis(500) : Duration.ZERO;
  }

  /**
   * Whether nothing is received before there is a whole receive's worth: then a talk must begin
   * with so much.
   */
  public boolean waitsForAll() {
    return this == K230_B;
  }

  /**
   * Of how many bytes over TCP one send takes at most; a plain program does not send the rest. What
   * was sent before and is not yet acknowledged leaves less room on a board.
   */
  int mostPerSend() {
    return switch (this) {
      case RP2 -> 6_400;
      case K230_B -> 64_240;
      case SOCKBED, LESSON, LESSON_2, ESP32, K230_A -> Integer.MAX_VALUE;
    };
  }

  /** How many datagrams wait to be received; further ones are dropped. */
  int datagramQueue() {
    return this == RP2 ? 4 : Integer.MAX_VALUE;
  }

  /** Whether what is received must be UTF-8 text. */
  boolean decodes() {
    return this == LESSON;
  }

  /** Whether it can tell that nothing came for a time, and end. */
  boolean hasIdleTimeout() {
    return receiveTimeout.isZero() && !collects();
  }

  /** The most bytes of a datagram that the board's stack carries; it drops longer ones. */
  int longestDatagram() {
    return longestDatagram;
  }

  /** Whether the board's stack drops datagrams that UDP itself can carry. */
  boolean dropsDatagrams() {
    return longestDatagram < UdpConfig.LONGEST_DATAGRAM;
  }

  /**
   * A socket's configuration with what this profile needs: a receive timeout, longer receives, and
   * Nagle's algorithm, which none of these programs turns off.
   */
  SocketConfig adapted(SocketConfig config) {
    SocketConfig timed =
        receiveTimeout.isZero() ? config : config.withReceiveTimeout(receiveTimeout);
    return switch (timed) {
      case TcpConfig tcp -> this == SOCKBED ? tcp : tcp.withNoDelay(false);
      case UdpConfig udp -> dropsDatagrams() ? udp.withReceiveLimit(longestDatagram) : udp;
    };
  }
}
