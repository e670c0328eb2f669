package dev.sockbed.bench.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a relay can do to a TCP connection beside making it late and slow, in Toxiproxy's words.
 *
 * @param sliceBytes the most bytes handed over at once (slicer), or 0
 * @param sliceGap how long between two slices
 * @param slowClose how long the end of the stream is kept back (slow_close)
 * @param resetPeer after so long both ends get a RST (reset_peer), or null
 * @param timeout nothing gets through, and after so long the connection is closed (timeout); zero
 *     keeps it open; or null
 * @param limitData after so many bytes in one direction the connection is closed (limit_data), or 0
 * @see <a href="https://github.com/Shopify/toxiproxy">Toxiproxy</a>
 */
public record Toxics(
    int sliceBytes,
    Duration sliceGap,
    Duration slowClose,
    @Nullable Duration resetPeer,
    @Nullable Duration timeout,
    long limitData) {
  /** None of them. */
  public static final Toxics NONE = new Toxics(0, Duration.ZERO, Duration.ZERO, null, null, 0);
}
