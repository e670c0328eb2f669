package dev.sockbed.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How many replies a second each source address may have: a token bucket for each, in a table of
 * fixed size, so that forged sources can't fill the memory. Used by one thread.
 *
 * <p>A bucket is one number, the time at which it will be full again (the generic cell rate
 * algorithm, ITU-T I.371): each reply moves it by the time that one token takes to come, and it may
 * not lie more than a full bucket's time ahead. A bucket that is full says nothing, so its place is
 * free.
 *
 * <p>A source's hash names a row of places. Sources of one row are told apart as long as a place is
 * free; then they share the bucket that is fullest. The hash has a key of its own in each server,
 * so that nobody can choose addresses that meet another's.
 */
final class SourceRate {
  private static final int ROWS = 1 << 9;
  private static final int PLACES = 8;
  private static final long FULL_BUCKET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long key;
  private final long[] sources = new long[ROWS * PLACES];
  private final long[] fullAt = new long[ROWS * PLACES];
  private final long tokenNanos;

  /**
   * With a key drawn by chance.
   *
   * @param perSecond tokens that come in a second, and that a full bucket holds
   * @param nowNanos the time of {@link System#nanoTime}
   */
  SourceRate(int perSecond, long nowNanos) {
    this(perSecond, nowNanos, ThreadLocalRandom.current().nextLong());
  }

  SourceRate(int perSecond, long nowNanos, long key) {
    this.tokenNanos = FULL_BUCKET_NANOS / perSecond;
    this.key = key;
    Arrays.fill(fullAt, nowNanos);
  }

  /** What a source is called here; to be asked once for many datagrams, since it copies. */
  long nameOf(InetAddress source) {
    ByteBuffer bytes = ByteBuffer.wrap(source.getAddress());
    long hash = key;
    while (bytes.hasRemaining()) {
      hash = mixed(hash + bytes.getInt());
    }
    return source instanceof Inet6Address inet6 ? mixed(hash + inet6.getScopeId()) : hash;
  }

  /** MurmurHash3's finalizer: every bit of the input changes every bit of the output. */
  private static long mixed(long bits) {
    long hash = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  /**
   * Takes a token from a source's bucket.
   *
   * @param source its {@linkplain #nameOf name}
   * @return whether there was one
   */
  boolean take(long source, long nowNanos) {
    int place = placeOf(source, nowNanos);
    long ahead = Math.max(fullAt[place] - nowNanos, 0);
    if (ahead + tokenNanos > FULL_BUCKET_NANOS) {
      return false;
    }
    fullAt[place] = nowNanos + ahead + tokenNanos;
    return true;
  }

  /** The source's own, or a free one, or the one that will be full first. */
  private int placeOf(long source, long nowNanos) {
    int first = (int) (source & (ROWS - 1)) * PLACES;
    int fullest = first;
    for (int i = first; i < first + PLACES; i++) {
      if (sources[i] == source) {
        return i;
      }
      if (fullAt[i] - fullAt[fullest] < 0) {
        fullest = i;
      }
    }
    if (fullAt[fullest] - nowNanos <= 0) {
      sources[fullest] = source;
    }
    return fullest;
  }
}
