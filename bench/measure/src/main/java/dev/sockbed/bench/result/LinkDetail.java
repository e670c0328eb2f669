package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement over an emulated link found beside times and outcomes.
 *
 * @param link the link in words, as {@code --link} reads it
 * @param mode {@code tun}, where TCP met lost segments, or {@code relay}, where it can't
 * @param seed of the link
 * @param attempts how often a message is sent at most
 * @param resent how often the client itself sent a message again
 * @param tcpRetransmits segments that the system's TCP sent again, both ends together; null in a
 *     relay and over UDP
 * @param up what the link did to packets on their way to the server while messages were sent
 * @param down the same on their way back
 * @param unfetched packets that the emulator was too slow for: its fault, not the link's
 * @param inTime how many messages came back within deadlines, the shortest first
 * @param responsesNs response times message by message, the first ones; null where none came
 * @param setUpsNs how long each new client waited for its first echo; null where none came
 * @param recoveryNs from an outage's end to the next echo; null if none came, or nothing was cut
 * @param sentLate messages that the client sent more than 10 ms late by its own fault; null in
 *     files of builds that did not say
 * @param repeats how often the trial was made again since the machine held it up; null likewise
 * @param excused messages that were not back in time and may have been but for this machine, which
 *     stalled around them for a tenth of the deadline or longer; null likewise
 */
@JsonTypeName("link")
public record LinkDetail(
    String link,
    String mode,
    long seed,
    int attempts,
    long resent,
    @Nullable Long tcpRetransmits,
    Packets up,
    Packets down,
    long unfetched,
    List<InTime> inTime,
    List<@Nullable Long> responsesNs,
    List<@Nullable Long> setUpsNs,
    @Nullable Long recoveryNs,
    @Nullable Long sentLate,
    @Nullable Integer repeats,
    @Nullable Long excused)
    implements Cell.Detail {

  /**
   * What became of one direction's packets.
   *
   * @param offered packets that came to the link
   * @param delivered packets handed over, copies included
   * @param lost packets that the link lost
   * @param queueDropped packets that found its queue full
   * @param tardy packets handed over more than a millisecond late by the emulator's fault
   * @param bytes of the packets that came to the link, IP headers included; null where a relay sees
   *     no packets, and in files of builds that did not say
   */
  public record Packets(
      long offered,
      long delivered,
      long lost,
      long queueDropped,
      long tardy,
      @Nullable Long bytes) {
    private Packets plus(Packets other) {
      return new Packets(
          offered + other.offered,
          delivered + other.delivered,
          lost + other.lost,
          queueDropped + other.queueDropped,
          tardy + other.tardy,
          sum(bytes, other.bytes));
    }
  }

  /**
   * Messages that came back within a deadline.
   *
   * @param deadlineNs the deadline
   * @param messages how many did
   */
  public record InTime(long deadlineNs, long messages) {
    private InTime plus(InTime other) {
      return new InTime(deadlineNs, messages + other.messages);
    }
  }

  /** Where the emulator is late with a larger part of the packets, times are partly its own. */
  public static final double MOST_LATE = 0.01;

  /**
   * Whether the emulator or the client was held up so much that the trial says little.
   *
   * @param sent messages
   */
  public boolean heldUp(long sent) {
    return unfetched > 0 || tardyShare() > MOST_LATE || sentLateShare(sent) > MOST_LATE;
  }

  /** Which part of so many messages the client sent late, 0 to 1; 0 where that is not known. */
  public double sentLateShare(long sent) {
    return sentLate == null || sent == 0 ? 0 : (double) sentLate / sent;
  }

  /**
   * What trials over one link found together. The first messages are those of the first trial.
   *
   * @param trials at least one, all of the same link and way of sending
   */
  public static LinkDetail together(List<LinkDetail> trials) {
    return trials.stream().reduce(LinkDetail::plus).orElseThrow();
  }

  private LinkDetail plus(LinkDetail other) {
    List<InTime> both = new ArrayList<>();
    for (int i = 0; i < inTime.size(); i++) {
      both.add(inTime.get(i).plus(other.inTime.get(i)));
    }
    List<@Nullable Long> bothSetUps = new ArrayList<>(setUpsNs);
    bothSetUps.addAll(other.setUpsNs);
    return new LinkDetail(
        link,
        mode,
        seed,
        attempts,
        resent + other.resent,
        sum(tcpRetransmits, other.tcpRetransmits),
        up.plus(other.up),
        down.plus(other.down),
        unfetched + other.unfetched,
        both,
        responsesNs,
        bothSetUps,
        recoveryNs == null ? other.recoveryNs : recoveryNs,
        sum(sentLate, other.sentLate),
        repeats == null || other.repeats == null ? null : (Integer) (repeats + other.repeats),
        sum(excused, other.excused));
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : (Long) (one + other);
  }

  /** Which part of the packets the emulator handed over more than a millisecond late, 0 to 1. */
  public double tardyShare() {
    long delivered = up.delivered() + down.delivered();
    return delivered == 0 ? 0 : (double) (up.tardy() + down.tardy()) / delivered;
  }

  /** Copies the lists, so that the detail stays as it is. */
  public LinkDetail {
    inTime = List.copyOf(inTime);
    responsesNs = Collections.unmodifiableList(new ArrayList<>(responsesNs));
    setUpsNs = Collections.unmodifiableList(new ArrayList<>(setUpsNs));
  }
}
