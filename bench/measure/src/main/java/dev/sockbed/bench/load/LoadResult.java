package dev.sockbed.bench.load;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Events;
import dev.sockbed.bench.result.Histograms;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Outcomes;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.common.GrantedOptions;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run found, its warm-up aside.
 *
 * @param plan what it did
 * @param due messages that the schedule meant to be sent, those that were not sent included; null
 *     in a closed loop
 * @param sent messages sent, or meant to be sent and failed
 * @param outcomes their fates, which sum to {@code sent}
 * @param events what happened beside that
 * @param strays replies that belong to no message, or to one that was given up long ago
 * @param ambiguous replies of which it is not known to which of several messages they belong, since
 *     those are short and have the same bytes
 * @param elapsedNanos from the first send to the last send or reply, but not less than the time
 *     that was asked for
 * @param service times from the send to the reply, of every reply that came back whole, late or not
 * @param response the same from the moment at which the schedule meant the message to be sent; null
 *     in a closed loop
 * @param variation by how much the service time changed from one message to the next (RFC 3393)
 * @param sendCall how long the send calls took
 * @param timerMiss by how much messages missed their time though the sender had waited for it; null
 *     in a closed loop
 * @param rate whether the rate was reached; null in a closed loop
 * @param reconnects how often a connection was made anew
 * @param faults what went wrong, in sentences
 * @param connectionsGone on how many nothing came back any more when it ended
 * @param cancelled whether it ended before its time
 * @param socket the options of the first connection's socket; null if it was closed at once
 * @param system what the system says about the time of the run
 */
public record LoadResult(
    LoadPlan plan,
    @Nullable Long due,
    long sent,
    Outcomes outcomes,
    Events events,
    long strays,
    long ambiguous,
    long elapsedNanos,
    Histogram service,
    @Nullable Histogram response,
    Histogram variation,
    Histogram sendCall,
    @Nullable Histogram timerMiss,
    @Nullable Rate rate,
    long reconnects,
    List<String> faults,
    int connectionsGone,
    boolean cancelled,
    @Nullable GrantedOptions socket,
    SystemTruth system) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Copies the list. */
  public LoadResult {
    faults = List.copyOf(faults);
  }

  /** Replies a second that came back whole and in time. */
  public double messagesPerSecond() {
    return elapsedNanos == 0 ? 0 : outcomes.ok() * NANOS_PER_SECOND / elapsedNanos;
  }

  /**
   * This run as a measured point.
   *
   * @param scenario what it was measured for, as in {@code rtt}
   * @param trial which repetition, from 1
   * @param placement where the two ends ran, or null if that is not known
   */
  public Cell toCell(String scenario, int trial, @Nullable String placement) {
    Integer window = plan.pace() instanceof Pace.ClosedLoop(int messages) ? messages : null;
    Double rate = plan.pace() instanceof Pace.OpenLoop open ? open.ratePerSecond() : null;
    return new Cell(
        plan.target().transport().scheme(),
        plan.variant().word(),
        scenario,
        plan.socket().io().label(),
        plan.socket().waiting().toString(),
        plan.socket().threads().label(),
        placement,
        plan.sizes().largest(),
        plan.connections(),
        window,
        rate,
        null,
        trial,
        due,
        sent,
        outcomes,
        events,
        times(service),
        response == null ? null : times(response),
        messagesPerSecond(),
        kept(service),
        response == null ? null : kept(response),
        detail());
  }

  /**
   * Times from which a reply in doubt could be missing, or in which it could be wrong, are none.
   */
  private TimesNs times(Histogram histogram) {
    return ambiguous == 0 ? TimesNs.of(histogram) : TimesNs.unknown(histogram.getTotalCount());
  }

  private @Nullable String kept(Histogram histogram) {
    return ambiguous == 0 ? Histograms.encode(histogram) : null;
  }

  private LoadDetail detail() {
    String arrival = plan.pace() instanceof Pace.OpenLoop open ? open.arrival().label() : null;
    return new LoadDetail(
        plan.sizes().list(),
        arrival,
        plan.seed(),
        elapsedNanos,
        rate == null ? null : rate.achieved(),
        rate == null ? null : rate.reached(),
        rate == null ? null : rate.limitedBy(),
        rate == null ? null : rate.behind(),
        TimesNs.of(sendCall),
        timerMiss == null ? null : TimesNs.of(timerMiss),
        times(variation),
        strays,
        ambiguous,
        reconnects,
        faults,
        cancelled,
        socket,
        system);
  }
}
