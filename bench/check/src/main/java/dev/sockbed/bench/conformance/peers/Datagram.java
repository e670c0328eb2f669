package dev.sockbed.bench.conformance.peers;

import java.net.InetSocketAddress;

/** A datagram that came. */
public final class Datagram {
  private final byte[] bytes;
  private final InetSocketAddress from;
  private final long atNanos;

  /**
   * A datagram that came.
   *
   * @param bytes what it holds; kept as it is
   * @param atNanos when it came, as of {@link System#nanoTime}
   */
  public Datagram(byte[] bytes, InetSocketAddress from, long atNanos) {
    this.bytes = bytes;
    this.from = from;
    this.atNanos = atNanos;
  }

  /** What it holds; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Who sent it. */
  public InetSocketAddress from() {
    return from;
  }

  /** When it came, as of {@link System#nanoTime}. */
  public long atNanos() {
    return atNanos;
  }
}
