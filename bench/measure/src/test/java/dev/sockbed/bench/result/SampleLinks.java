package dev.sockbed.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Draws what is measured over emulated links, without a socket: 400 messages, one every 5 ms. A
 * stream sends again after 200 ms what was lost, and what is behind it waits; a client that resends
 * does so after 30 ms and nothing waits.
 */
public final class SampleLinks {
  private static final int MESSAGES = 400;
  private static final long GAP_NANOS = 5_000_000;
  private static final long TCP_WAIT_NANOS = 200_000_000;
  private static final long RETRY_WAIT_NANOS = 30_000_000;
  private static final List<Integer> DEADLINES_MILLIS = List.of(20, 50, 100, 200, 500, 1_000);

  private SampleLinks() {}

  /** One link in detail, then 0, 1, 5 and 10 % loss without a delay and with one of 50 ms. */
  public static List<Cell> sweep() {
    List<Cell> cells = new ArrayList<>(trials(2, 10, true));
    for (int delay : new int[] {50, 0}) {
      for (int loss : new int[] {10, 0, 5, 1}) {
        cells.addAll(trials(loss, delay, false));
      }
    }
    return cells;
  }

  /** The cells of six trials over one link. */
  private static List<Cell> trials(int lossPercent, int delayMillis, boolean inDetail) {
    List<Cell> cells = new ArrayList<>();
    for (int trial = 1; trial <= 6; trial++) {
      cells.addAll(link(lossPercent, delayMillis, inDetail && trial == 1, trial));
    }
    return cells;
  }

  /** The cells of all three ways of sending over one link, in one trial. */
  public static List<Cell> link(int lossPercent, int delayMillis, boolean inDetail) {
    return link(lossPercent, delayMillis, inDetail, 1);
  }

  private static List<Cell> link(int lossPercent, int delayMillis, boolean inDetail, int trial) {
    String link =
        lossPercent == 0 && delayMillis == 0
            ? "perfect"
            : (lossPercent == 0 ? "" : "loss=" + lossPercent + "%")
                + (lossPercent == 0 || delayMillis == 0 ? "" : ",")
                + (delayMillis == 0 ? "" : "delay=" + delayMillis + "ms");
    List<Cell> cells = new ArrayList<>();
    for (String manner : List.of("tcp", "udp", "udp+retry")) {
      cells.add(
          cell(link, manner, responses(manner, lossPercent, delayMillis, trial), inDetail, trial));
    }
    return cells;
  }

  private static List<@Nullable Long> responses(
      String manner, int lossPercent, int delayMillis, int trial) {
    Random random = new Random((trial - 1) * 10_000L + lossPercent * 100L + delayMillis);
    List<@Nullable Long> responses = new ArrayList<>();
    long streamBusyUntil = 0;
    for (int i = 0; i < MESSAGES; i++) {
      boolean lost = random.nextInt(100) < 2 * lossPercent;
      long response = 2_000_000L * delayMillis + 200_000 + random.nextInt(300_000);
      long sent = GAP_NANOS * i;
      switch (manner) {
        case "tcp" -> {
          long came = sent + response + (lost ? TCP_WAIT_NANOS : 0);
          streamBusyUntil = Math.max(streamBusyUntil, came);
          responses.add(streamBusyUntil - sent);
        }
        case "udp" -> responses.add(lost ? null : (Long) response);
        default -> responses.add(response + (lost ? response + RETRY_WAIT_NANOS : 0));
      }
    }
    return responses;
  }

  // The checker does not see, in a compiled record, that a list's elements may be null.
  @SuppressWarnings("NullAway")
  private static Cell cell(
      String link, String manner, List<@Nullable Long> responses, boolean inDetail, int trial) {
    Histogram times = Histograms.empty();
    responses.stream().filter(Objects::nonNull).forEach(times::recordValue);
    long ok = times.getTotalCount();
    LinkDetail detail =
        new LinkDetail(
            link,
            "tun",
            trial,
            manner.equals("udp+retry") ? 6 : 1,
            0,
            manner.equals("tcp") ? MESSAGES - ok : null,
            new LinkDetail.Packets(MESSAGES, MESSAGES, 0, 0, 0, null),
            new LinkDetail.Packets(MESSAGES, MESSAGES, 0, 0, 0, null),
            0,
            DEADLINES_MILLIS.stream().map(millis -> inTime(millis, responses)).toList(),
            responses,
            setUps(inDetail),
            inDetail ? 250_000_000L : null,
            0L,
            0,
            null);
    return new Cell(
        manner,
        "link " + link,
        "plain",
        "block",
        "platform",
        null,
        128,
        1,
        null,
        200.0,
        trial,
        MESSAGES,
        new Outcomes(ok, MESSAGES - ok, 0, 0, 0, 0, 0),
        Events.NONE,
        TimesNs.of(times),
        TimesNs.of(times),
        ok / (GAP_NANOS * MESSAGES / 1e9),
        Histograms.encode(times),
        Histograms.encode(times),
        detail);
  }

  private static List<@Nullable Long> setUps(boolean inDetail) {
    List<@Nullable Long> times = new ArrayList<>();
    if (inDetail) {
      times.add(20_000_000L);
      times.add(null);
    }
    return times;
  }

  private static LinkDetail.InTime inTime(int millis, List<@Nullable Long> responses) {
    long deadline = 1_000_000L * millis;
    long came = responses.stream().filter(time -> time != null && time <= deadline).count();
    return new LinkDetail.InTime(deadline, came);
  }
}
