package dev.sockbed.server;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many replies a second each source address may have: a token bucket for each, in a table of
 * fixed size, so that forged sources can't fill the memory. Sources whose hashes meet share a
 * bucket. Used by one thread.
 *
 * <p>A bucket is one number, the time at which it will be full again (the generic cell rate
 * algorithm, ITU-T I.371): each reply moves it by the time that one token takes to come, and it may
 * not lie more than a full bucket's time ahead.
 */
final class SourceRate {
  private static final int BUCKETS = 1 << 12;
  private static final long FULL_BUCKET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long[] fullAt = new long[BUCKETS];
  private final long tokenNanos;

  /**
   * @param perSecond tokens that come in a second, and that a full bucket holds
   * @param nowNanos the time of {@link System#nanoTime}
   */
  SourceRate(int perSecond, long nowNanos) {
    this.tokenNanos = FULL_BUCKET_NANOS / perSecond;
    Arrays.fill(fullAt, nowNanos);
  }

  /**
   * Takes a token from the source's bucket.
   *
   * @return whether there was one
   */
  boolean take(InetAddress source, long nowNanos) {
    int bucket = bucketOf(source);
    long ahead = Math.max(fullAt[bucket] - nowNanos, 0);
    if (ahead + tokenNanos > FULL_BUCKET_NANOS) {
      return false;
    }
    fullAt[bucket] = nowNanos + ahead + tokenNanos;
    return true;
  }

  private static int bucketOf(InetAddress source) {
    // The finalizer of MurmurHash3, which spreads every bit of the address over the whole hash.
    int hash = source.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
  }
}
