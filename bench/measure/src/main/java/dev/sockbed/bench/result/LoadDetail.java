package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sockbed.common.GrantedOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load run found beside its times and outcomes.
 *
 * @param sizesBytes bytes of the messages, in turn
 * @param arrival {@code constant} or {@code poisson}, or null where the window set the pace
 * @param seed of what was random
 * @param elapsedNs from the first send to the last send or reply
 * @param achievedPerSecond the rate that was achieved, or null where the window set the pace
 * @param rateReached whether that was the rate asked for
 * @param limitedBy what kept it from being reached, in a sentence
 * @param behind messages for which the sender was not ready in time
 * @param sendCallNs how long the send calls took
 * @param timerMissNs by how much messages missed their time though the sender had waited for it
 * @param variationNs by how much the service time changed from one message to the next (RFC 3393)
 * @param strays replies that belong to no message, or to one that was given up long ago
 * @param ambiguous replies of which it is not known to which of several messages they belong, since
 *     those are short and have the same bytes; if there are any, no times are given. Null in files
 *     of builds that did not ask
 * @param reconnects how often a connection was made anew
 * @param faults what went wrong, in sentences
 * @param cancelled whether the run ended before its time
 * @param socket the options that the system granted to the first connection's socket; null in files
 *     of builds that did not ask
 * @param system what the system says about the time of the run
 */
@JsonTypeName("load")
public record LoadDetail(
    List<Integer> sizesBytes,
    @Nullable String arrival,
    long seed,
    long elapsedNs,
    @Nullable Double achievedPerSecond,
    @Nullable Boolean rateReached,
    @Nullable String limitedBy,
    @Nullable Long behind,
    TimesNs sendCallNs,
    @Nullable TimesNs timerMissNs,
    TimesNs variationNs,
    long strays,
    @Nullable Long ambiguous,
    long reconnects,
    List<String> faults,
    boolean cancelled,
    @Nullable GrantedOptions socket,
    SystemTruth system)
    implements Cell.Detail {

  /** Copies the lists, so that the detail stays as it is. */
  public LoadDetail {
    sizesBytes = List.copyOf(sizesBytes);
    faults = List.copyOf(faults);
  }
}
