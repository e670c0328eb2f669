package dev.sockbed.server;

import dev.sockbed.common.PeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom a UDP echo server answers, and how often. Used by one thread. */
final class ReplyRule {
  private final SourceRule sources;
  private final SourceRate rate;
  private final boolean limitLoopback;

  /** The source that was asked about last, and what does not change about it. */
  private @Nullable InetSocketAddress last;

  private @Nullable DropReason lastWhy;
  private boolean lastIsLimited;
  private long lastName;

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
    if (!PeerAddress.same(source, last)) {
      lookAt(source);
    }
    if (lastWhy != null) {
      return lastWhy;
    }
    boolean allowed = !lastIsLimited || rate.take(lastName, System.nanoTime());
    return allowed ? null : DropReason.RATE_LIMIT;
  }

  /** Once for many datagrams: some of the JDK's questions of an address make a copy of it. */
  private void lookAt(InetSocketAddress source) {
    lastWhy = sources.against(source);
    lastIsLimited = limitLoopback || !source.getAddress().isLoopbackAddress();
    lastName = lastIsLimited ? rate.nameOf(source.getAddress()) : 0;
    last = source;
  }
}
