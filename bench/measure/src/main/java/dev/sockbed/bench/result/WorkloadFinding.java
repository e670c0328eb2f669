package dev.sockbed.bench.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs, and which ways of sending meet it.
 *
 * @param name of the use, as in {@code sensor}, or {@code own}
 * @param sizeBytes bytes of a message
 * @param ratePerSecond messages a second, over all connections together
 * @param connections sockets of the client
 * @param deadlineNs within which a message's echo has to be back
 * @param mustArrive the part of the messages that has to be in time
 * @param link the emulated link, in words
 * @param confidence that all intervals hold at once, as in 0.95
 * @param text the answer in a sentence
 * @param variants what was found of each way of sending
 */
public record WorkloadFinding(
    String name,
    int sizeBytes,
    double ratePerSecond,
    int connections,
    long deadlineNs,
    double mustArrive,
    String link,
    double confidence,
    String text,
    List<OfVariant> variants) {

  /** The need is met, as surely as the interval says. */
  public static final String MEETS = "meets";

  /** It is not met. */
  public static final String DOES_NOT_MEET = "does-not-meet";

  /** The interval holds what is needed, or there are too few trials. */
  public static final String CANT_TELL = "cant-tell";

  /** Copies the list, so that the finding stays as it is. */
  public WorkloadFinding {
    variants = List.copyOf(variants);
  }

  /**
   * What was found of one way of sending.
   *
   * @param variant as cells name it
   * @param answer {@link #MEETS}, {@link #DOES_NOT_MEET} or {@link #CANT_TELL}
   * @param share the part of the messages that was in time; null if it can't carry such messages,
   *     or nothing was measured
   * @param low the lower end of the share's interval, or null with too few trials
   * @param high its upper end: what this machine held up counts as in time there
   * @param trials that it rests on
   * @param messages sent
   * @param neededNs within which time as many as needed were back; null if fewer came at all
   * @param cpu processor time of a message on loopback, client and server together; null where that
   *     is not known
   * @param wireBytes bytes on the link for a message, there and back, headers and what was sent
   *     again included; null where no packets were seen
   * @param sendings how often the client sent a message, on average
   * @param text all that in a sentence
   */
  public record OfVariant(
      String variant,
      String answer,
      @Nullable Double share,
      @Nullable Double low,
      @Nullable Double high,
      int trials,
      long messages,
      @Nullable Long neededNs,
      @Nullable Cpu cpu,
      @Nullable Double wireBytes,
      @Nullable Double sendings,
      String text) {}

  /**
   * Processor time of a message and its echo, of several trials.
   *
   * @param medianNs the trial's in the middle
   * @param leastNs the trial's that took least
   * @param mostNs the trial's that took most
   */
  public record Cpu(long medianNs, long leastNs, long mostNs) {}
}
