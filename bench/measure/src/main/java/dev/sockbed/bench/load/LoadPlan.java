package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;

/**
 * What a run does.
 *
 * @param target the echo server
 * @param variant how the sockets are used
 * @param socket how this end's sockets are set; its timeouts are the run's business and ignored,
 *     the connect timeout excepted
 * @param sizes bytes of the messages
 * @param connections how many sockets take part, 1 to 10,000
 * @param pace when the next message is sent
 * @param stop when there were enough
 * @param warmup how long messages go out before the measured ones; may be zero
 * @param deadline how long a reply may take before it is late; also how long the run waits for
 *     replies after its last message
 * @param seed of all that is random
 */
public record LoadPlan(
    Address target,
    Variant variant,
    SocketConfig socket,
    MessageSizes sizes,
    int connections,
    Pace pace,
    Stop stop,
    Duration warmup,
    Duration deadline,
    long seed) {

  private static final int MOST_CONNECTIONS = 10_000;
  private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(1);

  /**
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public LoadPlan {
    target = target.asTarget();
    if (target.transport() != socket.transport()) {
      throw new IllegalArgumentException(
          "the target is %s and the sockets are %s"
              .formatted(target.transport().scheme(), socket.transport().scheme()));
    }
    if (target.transport() != variant.transport()) {
      throw new IllegalArgumentException(
          "the target is %s and the variant is %s"
              .formatted(target.transport().scheme(), variant.word()));
    }
    if (socket instanceof UdpConfig && sizes.largest() > UdpConfig.LONGEST_DATAGRAM) {
      throw new IllegalArgumentException(
          "a datagram carries at most %d bytes, not %d"
              .formatted(UdpConfig.LONGEST_DATAGRAM, sizes.largest()));
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "the connections must be 1 to %d, not %d".formatted(MOST_CONNECTIONS, connections));
    }
    if (warmup.isNegative()) {
      throw new IllegalArgumentException(
          "the warm-up must not be negative: " + Durations.inWords(warmup));
    }
    if (deadline.compareTo(Duration.ofMillis(1)) < 0 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
      throw new IllegalArgumentException(
          "the deadline must be 1 ms to 1 min, not " + Durations.inWords(deadline));
    }
  }

  /** Ten seconds of single messages of 128 bytes, one under way, after a second of warm-up. */
  public static LoadPlan of(Address target) {
    return new LoadPlan(
        target,
        Variant.plain(target.transport()),
        SocketConfig.defaultOf(target.transport()),
        MessageSizes.of(128),
        1,
        new Pace.ClosedLoop(1),
        new Stop.After(Duration.ofSeconds(10)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1);
  }

  /** The same but for where the messages go. */
  public LoadPlan withTarget(Address target) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for how the sockets are used. */
  public LoadPlan withVariant(Variant variant) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the sockets' settings. */
  public LoadPlan withSocket(SocketConfig socket) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the sizes. */
  public LoadPlan withSizes(MessageSizes sizes) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the number of connections. */
  public LoadPlan withConnections(int connections) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the pace. */
  public LoadPlan withPace(Pace pace) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the end. */
  public LoadPlan withStop(Stop stop) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the warm-up. */
  public LoadPlan withWarmup(Duration warmup) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the deadline. */
  public LoadPlan withDeadline(Duration deadline) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }

  /** The same but for the seed. */
  public LoadPlan withSeed(long seed) {
    return new LoadPlan(
        target, variant, socket, sizes, connections, pace, stop, warmup, deadline, seed);
  }
}
