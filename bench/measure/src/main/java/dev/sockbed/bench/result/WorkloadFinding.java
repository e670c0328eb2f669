package dev.sockbed.bench.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs, and which ways of sending meet it.
 *
 * @param name of the use, as in {@code sensor}, or {@code own}
 * @param sizeBytes bytes of a message, or of a file
 * @param ratePerSecond messages a second, over all connections together; null of files
 * @param connections sockets of the client
 * @param direction of files: {@code up}, {@code down} or {@link #BOTH_WAYS}; null of messages, and
 *     in files of builds that knew messages only
 * @param deadlineNs within which a message's echo has to be back, or a file whole
 * @param mustArrive the part of the messages, or of the files, that has to be in time
 * @param link the emulated link, in words
 * @param confidence that all intervals hold at once, as in 0.95
 * @param text the answer in a sentence
 * @param variants what was found of each way of sending
 */
public record WorkloadFinding(
    String name,
    int sizeBytes,
    @Nullable Double ratePerSecond,
    int connections,
    @Nullable String direction,
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

  /** Files go either way, in turn. */
  public static final String BOTH_WAYS = "both";

  /** Of messages. */
  public WorkloadFinding(
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
    this(
        name,
        sizeBytes,
        ratePerSecond,
        connections,
        null,
        deadlineNs,
        mustArrive,
        link,
        confidence,
        text,
        variants);
  }

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
   * @param messages sent, or files
   * @param neededNs within which time as many as needed were back; null if fewer came at all
   * @param cpu processor time of a message, or file, on loopback, client and server together; null
   *     where that is not known
   * @param wireBytes bytes on the link for a message or file, there and back, headers and what was
   *     sent again included; null where no packets were seen
   * @param sendings how often the client sent a message, on average
   * @param text all that in a sentence
   * @param transfer how long files took; null of messages, and if none was ever whole
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
      String text,
      @Nullable Transfer transfer) {

    /** Of messages. */
    public OfVariant(
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
        String text) {
      this(
          variant, answer, share, low, high, trials, messages, neededNs, cpu, wireBytes, sendings,
          text, null);
    }

    /** Nothing is known of it. */
    public static OfVariant notMeasured(String variant, String text) {
      return new OfVariant(
          variant, CANT_TELL, null, null, null, 0, 0, null, null, null, null, text, null);
    }

    /** The same numbers with their sentence. */
    public OfVariant told(String sentence) {
      return new OfVariant(
          variant, answer, share, low, high, trials, messages, neededNs, cpu, wireBytes, sendings,
          sentence, transfer);
    }
  }

  /**
   * How long files took from connecting to their last byte, of those that were ever whole.
   *
   * @param medianNs half of them took no longer
   * @param quarterNs a quarter of them
   * @param threeQuartersNs three quarters of them
   * @param bitsPerSecond the file's own bits by the median time
   * @param upNs the median of those to the server; null unless files went either way
   * @param downNs the median of those from it; null likewise
   */
  public record Transfer(
      long medianNs,
      long quarterNs,
      long threeQuartersNs,
      double bitsPerSecond,
      @Nullable Long upNs,
      @Nullable Long downNs) {}

  /**
   * Processor time of a message and its echo, of several trials.
   *
   * @param medianNs the trial's in the middle
   * @param leastNs the trial's that took least
   * @param mostNs the trial's that took most
   */
  public record Cpu(long medianNs, long leastNs, long mostNs) {}
}
