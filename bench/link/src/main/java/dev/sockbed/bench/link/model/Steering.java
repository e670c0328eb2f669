package dev.sockbed.bench.link.model;

import org.jspecify.annotations.Nullable;

/**
 * What somebody sets on a link while it runs, in the place of what its timeline says. Any thread
 * may set it; it holds for what comes from then on.
 */
public final class Steering {
  private final long seed;
  private volatile @Nullable Setting setting;

  /**
   * What was set.
   *
   * @param spec the link
   * @param share of which part of all connections, 0 to 1
   */
  public record Setting(LinkSpec spec, double share) {
    /**
     * @throws IllegalArgumentException if the share is out of range
     */
    public Setting {
      OneWay.requireShare("the share of connections", share);
    }
  }

  /**
   * Nothing is set.
   *
   * @param seed of which connections belong to a share
   */
  public Steering(long seed) {
    this.seed = seed;
  }

  /** Sets the link; null gives it back to its timeline. */
  public void set(@Nullable Setting setting) {
    this.setting = setting;
  }

  /** What is set; null if the timeline holds. */
  public @Nullable Setting setting() {
    return setting;
  }

  /**
   * One direction of a connection.
   *
   * @param planned what the timeline says
   * @param connection its number; the same one belongs to the same shares in both directions
   */
  OneWay of(Direction direction, OneWay planned, long connection) {
    Setting now = setting;
    return now != null && isAmong(now.share(), connection) ? now.spec().of(direction) : planned;
  }

  private boolean isAmong(double share, long connection) {
    return share >= 1
        || new Draws(seed, Direction.UP, Draws.Aspect.SHARE).uniform(connection) < share;
  }
}
