package dev.sockbed.client.device;

import dev.sockbed.common.FiveTuple;
import dev.sockbed.common.SocketFailure;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation came to.
 *
 * @param fiveTuple who talked with whom
 * @param receives how often something was received; an empty datagram counts
 * @param replies how many replies were sent
 * @param bytesIn bytes received
 * @param bytesOut bytes sent, the greeting included
 * @param truncated how many datagrams were cut to the receive limit; never any over TCP
 * @param duration from connected to ended
 * @param ending why it ended
 * @param failure the call that failed, if that was why
 */
public record Summary(
    FiveTuple fiveTuple,
    long receives,
    long replies,
    long bytesIn,
    long bytesOut,
    long truncated,
    Duration duration,
    Ending ending,
    @Nullable SocketFailure failure) {

  /** All of it in one line for a person. */
  @Override
  public String toString() {
    String why = failure == null ? ending.reason() : failure.error().meaning();
    return String.format(
        Locale.ROOT,
        "%s: receives %d, replies %d, bytes in %d, bytes out %d, cut %d, %.3f s; ended: %s",
        fiveTuple,
        receives,
        replies,
        bytesIn,
        bytesOut,
        truncated,
        duration.toNanos() / 1e9,
        why);
  }
}
