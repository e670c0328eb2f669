package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One measured point.
 *
 * @param transport {@code tcp} or {@code udp}
 * @param variant how it was used, by the word of a {@link Variant}: the transport's for its usual
 *     use. Null in files of builds that had the word in {@code transport}; never null otherwise
 * @param scenario what was measured: {@code rtt}, {@code throughput}, {@code setup}, {@code load},
 *     …
 * @param io how system calls are used: {@code plain}
 * @param waiting how receives waited: {@code block}, {@code spin}, {@code spin:50us}
 * @param threads {@code platform} or {@code virtual}
 * @param placement on which processors the two ends ran: {@link #ONE_CORE}, {@link #TWO_CORES}, or
 *     null where that was left to the system or is not known
 * @param sizeBytes bytes a message
 * @param connections sockets of the client
 * @param window messages under way at once, or null where a rate set the pace
 * @param ratePerSecond the rate that was asked for, or null where the window set the pace
 * @param fork which of several client processes measured it, from 1; null where there was one, and
 *     in files of builds that had no forks
 * @param trial which repetition in that process, from 1
 * @param due messages that the schedule meant to be sent, the warm-up not counted; null where the
 *     window set the pace, and in files of builds that did not count them
 * @param sent messages sent, the warm-up not counted
 * @param outcomes their fates, which sum to {@code sent}
 * @param events what happened beside that
 * @param serviceNs times from the actual send to the reply
 * @param responseNs times from the moment that the schedule meant, or null without a schedule
 * @param messagesPerSecond replies that came back whole and in time, by the time it took
 * @param histogram service times as a compressed HdrHistogram in base64, or null
 * @param responseHistogram response times in the same form, or null
 * @param detail what only some scenarios have, or null
 */
public record Cell(
    String transport,
    @Nullable String variant,
    String scenario,
    String io,
    @JsonProperty("wait") String waiting,
    String threads,
    @Nullable String placement,
    int sizeBytes,
    int connections,
    @Nullable Integer window,
    @Nullable Double ratePerSecond,
    @Nullable Integer fork,
    int trial,
    @Nullable Long due,
    long sent,
    Outcomes outcomes,
    Events events,
    TimesNs serviceNs,
    @Nullable TimesNs responseNs,
    double messagesPerSecond,
    @Nullable String histogram,
    @Nullable String responseHistogram,
    @Nullable Detail detail) {

  /** Client and server took turns on one processor. */
  public static final String ONE_CORE = "one-core";

  /** Client and server had a processor each. */
  public static final String TWO_CORES = "two-cores";

  /** A placement in words, as in {@code both ends on one core}; empty where it is not known. */
  public static String placementInWords(@Nullable String placement) {
    return switch (placement) {
      case ONE_CORE -> "both ends on one core";
      case TWO_CORES -> "each end on its own core";
      case null, default -> "";
    };
  }

  /**
   * Checks what every cell keeps to.
   *
   * @throws IllegalArgumentException if the outcomes do not sum to {@code sent}, more were sent
   *     than were due, a fork is below 1, or a rate is not a finite number
   */
  public Cell {
    variant = variant == null ? transport : variant;
    transport = transportOf(transport);
    if (outcomes.total() != sent) {
      throw new IllegalArgumentException(
          "the outcomes sum to " + outcomes.total() + ", but " + sent + " messages were sent");
    }
    if (due != null && due < sent) {
      throw new IllegalArgumentException(
          sent + " messages were sent, but only " + due + " were due");
    }
    if (fork != null && fork < 1) {
      throw new IllegalArgumentException("forks are counted from 1, not " + fork);
    }
    if (!Double.isFinite(messagesPerSecond)
        || (ratePerSecond != null && !Double.isFinite(ratePerSecond))) {
      throw new IllegalArgumentException("a rate must be a finite number");
    }
  }

  private static String transportOf(String word) {
    int more = word.indexOf('+');
    return more < 0 ? word : word.substring(0, more);
  }

  /** The variant's word, which is never missing here. */
  @Override
  public String variant() {
    return variant == null ? transport : variant;
  }

  /** A point of one process of which no schedule says how many messages were due. */
  public Cell(
      String variant,
      String scenario,
      String io,
      String waiting,
      String threads,
      @Nullable String placement,
      int sizeBytes,
      int connections,
      @Nullable Integer window,
      @Nullable Double ratePerSecond,
      int trial,
      long sent,
      Outcomes outcomes,
      Events events,
      TimesNs serviceNs,
      @Nullable TimesNs responseNs,
      double messagesPerSecond,
      @Nullable String histogram,
      @Nullable String responseHistogram,
      @Nullable Detail detail) {
    this(
        transportOf(variant),
        variant,
        scenario,
        io,
        waiting,
        threads,
        placement,
        sizeBytes,
        connections,
        window,
        ratePerSecond,
        null,
        trial,
        null,
        sent,
        outcomes,
        events,
        serviceNs,
        responseNs,
        messagesPerSecond,
        histogram,
        responseHistogram,
        detail);
  }

  /** The same, measured by a client process of that number. */
  public Cell inFork(int number) {
    return new Cell(
        transport,
        variant,
        scenario,
        io,
        waiting,
        threads,
        placement,
        sizeBytes,
        connections,
        window,
        ratePerSecond,
        number,
        trial,
        due,
        sent,
        outcomes,
        events,
        serviceNs,
        responseNs,
        messagesPerSecond,
        histogram,
        responseHistogram,
        detail);
  }

  /** The messages of which shares are told: those that were due, or sent where none was due. */
  public long expected() {
    return due == null ? sent : due;
  }

  /**
   * What only some scenarios have: each brings its own record, named in the file by {@code kind}. A
   * kind that this build does not know is read as null.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(LinkDetail.class),
    @JsonSubTypes.Type(LoadDetail.class),
    @JsonSubTypes.Type(ReceiveLimitDetail.class),
    @JsonSubTypes.Type(TransferDetail.class)
  })
  public interface Detail {}
}
