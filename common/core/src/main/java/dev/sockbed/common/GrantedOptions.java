package dev.sockbed.common;

import org.jspecify.annotations.Nullable;

/**
 * What the system says that a socket's options are: {@code getsockopt(2)}. Buffers may be larger or
 * smaller than what was asked for: Linux grants up to {@code net.core.wmem_max} and {@code
 * net.core.rmem_max}. What it says itself is twice as much, for its own bookkeeping, which the JDK
 * takes off again.
 *
 * @param sendBufferBytes {@code SO_SNDBUF}
 * @param receiveBufferBytes {@code SO_RCVBUF}
 * @param dscp the differentiated services code point, 0 to 63
 * @param ttl how many hops a packet may make; null where the system does not tell
 * @param networkInterface the only interface that is used; null for any, and where the system does
 *     not tell
 * @param noDelay {@code TCP_NODELAY}; null over UDP, like all that follow
 * @param keepAlive {@code SO_KEEPALIVE}
 * @param quickAck {@code TCP_QUICKACK} at that moment; null also where the system does not tell
 * @param congestionControl {@code TCP_CONGESTION}; null also where the system does not tell
 */
public record GrantedOptions(
    int sendBufferBytes,
    int receiveBufferBytes,
    int dscp,
    @Nullable Integer ttl,
    @Nullable String networkInterface,
    @Nullable Boolean noDelay,
    @Nullable Boolean keepAlive,
    @Nullable Boolean quickAck,
    @Nullable String congestionControl) {

  /** In words with commas between them, as in {@code send buffer 16384 bytes, …, bbr}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("send buffer ").append(sendBufferBytes).append(" bytes, ");
    text.append("receive buffer ").append(receiveBufferBytes).append(" bytes, ");
    text.append("DSCP ").append(dscp);
    append(text, "TTL ", ttl);
    append(text, "interface ", networkInterface);
    append(text, "nodelay ", yesOrNo(noDelay));
    append(text, "keep-alive ", yesOrNo(keepAlive));
    append(text, "quick ACK ", yesOrNo(quickAck));
    append(text, "congestion control ", congestionControl);
    return text.toString();
  }

  private static @Nullable String yesOrNo(@Nullable Boolean value) {
    return value == null ? null : value ? "yes" : "no";
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(", ").append(name).append(value);
    }
  }
}
