package dev.sockbed.bench.report;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.LoadDetail;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.bench.result.TimesNs;
import dev.sockbed.common.Transport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the load generator in words.
 *
 * @param rows the times, a row each
 * @param sentences what happened
 * @param wrong what went wrong
 */
record LoadText(List<Row> rows, List<String> sentences, List<String> wrong) {
  /** A name and times. */
  record Row(String name, TimesNs times) {}

  /**
   * Puts a run into words.
   *
   * @param target the server's address, or empty if it is not known
   */
  static LoadText of(Cell cell, String target) {
    LoadText text = new LoadText(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    text.row("service", cell.serviceNs());
    text.row("response", cell.responseNs());
    if (cell.detail() instanceof LoadDetail detail) {
      text.heading(target, detail);
      text.row("variation", detail.variationNs());
      text.row("send call", detail.sendCallNs());
      text.row("timer miss", detail.timerMissNs());
      text.outcomes(cell);
      text.rate(cell, detail);
      text.cut(cell);
      text.pieces(cell, detail);
      text.drops(detail.system());
      text.segmentDrops(cell);
      text.system(cell.sent(), detail.system());
      text.wrong.addAll(detail.faults());
    }
    return text;
  }

  private void row(String name, @Nullable TimesNs times) {
    if (times != null && times.count() > 0) {
      rows.add(new Row(name, times));
    }
  }

  private void heading(String target, LoadDetail detail) {
    List<String> parts = new ArrayList<>();
    if (!target.isEmpty()) {
      parts.add("to " + target);
    }
    parts.add("in " + Numbers.time(detail.elapsedNs()));
    if (detail.arrival() != null) {
      parts.add(detail.arrival() + " arrival");
    }
    if (detail.cancelled()) {
      parts.add("ended before its time");
    }
    sentences.add(String.join(", ", parts));
  }

  private void outcomes(Cell cell) {
    long due = cell.expected();
    if (cell.sent() == 0) {
      sentences.add(
          due == 0
              ? "nothing was sent"
              : Numbers.counted(due, "message was", "messages were") + " due, nothing was sent");
      return;
    }
    boolean good = cell.outcomes().ok() == due;
    List<String> fates = OutcomeWords.fates(cell.outcomes(), cell.sent(), due);
    sentences.add(
        OutcomeWords.whole(cell.sent(), due)
            + ": "
            + (good ? "all came back whole and in time" : String.join(", ", fates)));
    sentences.add(
        Numbers.rate(cell.messagesPerSecond())
            + " messages/s; "
            + Numbers.count(cell.events().duplicate())
            + " duplicate, "
            + Numbers.count(cell.events().reordered())
            + " reordered replies");
  }

  private void rate(Cell cell, LoadDetail detail) {
    if (detail.achievedPerSecond() != null && detail.behind() != null) {
      sentences.add(
          Numbers.rate(cell.ratePerSecond())
              + "/s were asked for, "
              + Numbers.rate(detail.achievedPerSecond())
              + "/s were achieved; "
              + Numbers.counted(detail.behind(), "message", "messages")
              + " found the sender still busy");
    }
    if (detail.limitedBy() != null) {
      wrong.add("FAIL: the rate was missed: " + detail.limitedBy());
    }
    if (detail.strays() > 0) {
      String replies = Numbers.counted(detail.strays(), "reply belongs", "replies belong");
      wrong.add(replies + " to no message that was open");
    }
    if (detail.ambiguous() != null && detail.ambiguous() > 0) {
      wrong.add(ambiguous(cell, detail.ambiguous()));
    }
    if (detail.reconnects() > 0) {
      wrong.add(
          detail.reconnects() == 1
              ? "a connection was made anew"
              : Numbers.count(detail.reconnects()) + " connections were made anew");
    }
  }

  /** Only messages of under eight bytes carry less than their whole number. */
  private static String ambiguous(Cell cell, long replies) {
    int shortest = cell.sizeBytes();
    if (cell.detail() instanceof LoadDetail detail) {
      shortest = detail.sizesBytes().stream().min(Integer::compare).orElse(shortest);
    }
    return Numbers.counted(replies, "reply belongs", "replies belong")
        + " to one of several messages with the same bytes, so no times are given: messages of "
        + Numbers.counted(shortest, "byte", "bytes")
        + " carry "
        + Numbers.count(1L << (Byte.SIZE * shortest))
        + " numbers, and more were in flight; send longer messages";
  }

  /** A message longer than this end's receives is not sent, so it was another that cut it. */
  private void cut(Cell cell) {
    if (cell.transport().equals(Transport.UDP.scheme()) && cell.outcomes().truncated() > 0) {
      wrong.add(
          Numbers.counted(cell.outcomes().truncated(), "message", "messages")
              + " came back cut, and not by this end: the server's receive limit is smaller than"
              + " they are, and the rest of each is gone");
    }
  }

  private void drops(SystemTruth system) {
    if (system.ownDropped() != null && system.ownDropped() > 0) {
      wrong.add(
          Numbers.counted(system.ownDropped(), "datagram", "datagrams")
              + " found this end's receive buffer full: lost here, not by the network");
    }
    if (system.peerDropped() != null && system.peerDropped() > 0) {
      wrong.add(
          Numbers.counted(system.peerDropped(), "datagram", "datagrams")
              + " found the peer's receive buffer full: lost there, not by the network");
    }
    if (system.tcpRetransmits() != null && system.tcpRetransmits() > 0) {
      wrong.add(
          Numbers.counted(system.tcpRetransmits(), "TCP segment was", "TCP segments were")
              + " sent again, by all programs of this machine");
    }
  }

  /**
   * A stream brings a message also in short pieces. The network cuts both ways alike; where replies
   * come in far shorter pieces, it is the server that receives, or sends, so little at a time.
   */
  private void pieces(Cell cell, LoadDetail detail) {
    SystemTruth.Tcp tcp = detail.system().tcp();
    Long sent = tcp == null ? null : tcp.requestSegmentBytes();
    Long came = tcp == null ? null : tcp.replySegmentBytes();
    long shortest = detail.sizesBytes().stream().mapToLong(Integer::longValue).min().orElse(0);
    if (sent != null
        && came != null
        && cell.outcomes().ok() > 0
        && came * 2 < Math.min(sent, shortest)) {
      wrong.add(
          "replies came in pieces of %s on average, and messages went in pieces of %s: the server"
                  .formatted(Numbers.counted(came, "byte", "bytes"), Numbers.count(sent))
              + " receives or sends so little at a time (serve --receive-limit), and that sets the"
              + " pace");
    }
  }

  private void segmentDrops(Cell cell) {
    String told = SegmentDrops.told(List.of(cell));
    if (!told.isEmpty()) {
      wrong.add(told);
    }
  }

  private void system(long sent, SystemTruth system) {
    sentences.add(
        "processor time a message: client "
            + perMessage(system.clientCpuNs(), sent)
            + ", server "
            + perMessage(system.serverCpuNs(), sent)
            + switches(system.loadThreads(), sent));
    SystemTruth.Tcp tcp = system.tcp();
    if (tcp != null) {
      sentences.add(
          "the system's own smoothed round trip is "
              + Numbers.time(tcp.smoothedRttNs())
              + "; these connections sent "
              + Numbers.counted(tcp.retransmits(), "segment", "segments")
              + " again");
    }
    if (system.gcCount() > 0) {
      sentences.add(
          Numbers.counted(system.gcCount(), "garbage collection", "garbage collections")
              + " stopped the client for "
              + system.gcPauseMillis()
              + " ms");
    }
  }

  private static String switches(SystemTruth.@Nullable Threads threads, long sent) {
    if (threads == null || sent == 0) {
      return "";
    }
    return "; its threads waited %s and were preempted %s"
        .formatted(
            Numbers.counted(threads.voluntarySwitches(), "time", "times"),
            Numbers.counted(threads.involuntarySwitches(), "time", "times"));
  }

  private static String perMessage(@Nullable Long nanos, long sent) {
    return Numbers.time(nanos == null || sent == 0 ? null : nanos / sent);
  }
}
