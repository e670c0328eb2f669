package dev.sockbed.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a UDP echo server answers, and how often. */
final class ReplyRule {
  private final SourceRule sources;
  private final SourceRate rate;
  private final boolean limitLoopback;

  /**
   * @param own the server's address
   * @param broadcasts the broadcast addresses of this machine's networks
   * @param limitLoopback whether the rate holds for loopback sources too
   */
  ReplyRule(
      InetSocketAddress own, Set<InetAddress> broadcasts, SourceRate rate, boolean limitLoopback) {
    this(new SourceRule(own.getPort(), Set.of(own.getAddress()), broadcasts), rate, limitLoopback);
  }

  private ReplyRule(SourceRule sources, SourceRate rate, boolean limitLoopback) {
    this.sources = sources;
    this.rate = rate;
    this.limitLoopback = limitLoopback;
  }

  /** The rule for a server on this machine. */
  static ReplyRule of(InetSocketAddress own, UdpEchoServerConfig config) throws SocketException {
    SourceRate rate = new SourceRate(config.maxRepliesPerSecond(), System.nanoTime());
    return new ReplyRule(SourceRule.of(own), rate, config.limitLoopback());
  }

  /**
   * Why that source must not be answered.
   *
   * @return null if it may be, which has then used one of its replies
   */
  @Nullable DropReason against(InetSocketAddress source) {
    DropReason why = sources.against(source);
    if (why != null) {
      return why;
    }
    boolean limited = limitLoopback || !source.getAddress().isLoopbackAddress();
    boolean allowed = !limited || rate.take(source.getAddress(), System.nanoTime());
    return allowed ? null : DropReason.RATE_LIMIT;
  }
}
