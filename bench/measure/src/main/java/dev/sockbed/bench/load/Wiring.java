package dev.sockbed.bench.load;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.UdpConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parts that a plan needs, put together: conversations, and the loops that drive them. */
final class Wiring {
  /** So many sets of histograms at most; more connections share them. */
  private static final int MOST_TIMES = 16;

  /** Messages whose fate may be open on one connection of an open loop, however low the rate. */
  private static final int LEAST_OPEN = 256;

  /** The same in a closed loop: 40 bytes each four times, and there may be 10,000 connections. */
  private static final int LEAST_OPEN_OF_A_WINDOW = 32;

  /** The same over all connections, however high the rate; 24 bytes twice each. */
  private static final int MOST_OPEN = 1 << 19;

  /**
   * With so many bytes under way one thread may still send and receive: the buffers of both ends
   * hold them, so a send never waits for a reply to be read.
   */
  private static final long MOST_BYTES_OF_ONE_THREAD = 256 << 10;

  private final LoadPlan plan;
  private final Faults faults = new Faults();
  private final List<Conversation> conversations = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();
  private final List<ScheduledSender> senders = new ArrayList<>();
  private final List<ReplyTimes> replyTimes;
  private final List<SendTimes> sendTimes;
  private final ProbeMessage codec;

  Wiring(LoadPlan plan) {
    this.plan = plan;
    boolean scheduled = plan.pace() instanceof Pace.OpenLoop;
    int sets = Math.min(plan.connections(), MOST_TIMES);
    replyTimes = Stream.generate(() -> new ReplyTimes(scheduled)).limit(sets).toList();
    sendTimes = Stream.generate(SendTimes::new).limit(sets).toList();
    codec = new ProbeMessage(plan.sizes().largest());
    switch (plan.pace()) {
      case Pace.ClosedLoop(int window) -> closedLoops(window);
      case Pace.OpenLoop open -> openLoop(open);
    }
  }

  List<Conversation> conversations() {
    return conversations;
  }

  List<Loop> loops() {
    return loops;
  }

  Faults faults() {
    return faults;
  }

  /** Forgets what was measured so far. */
  void clear() {
    faults.clear();
    replyTimes.forEach(ReplyTimes::clear);
    sendTimes.forEach(SendTimes::clear);
  }

  ReplyTimes replyTimes() {
    ReplyTimes sum = new ReplyTimes(plan.pace() instanceof Pace.OpenLoop);
    replyTimes.forEach(times -> times.addTo(sum));
    return sum;
  }

  SendTimes sendTimes() {
    SendTimes sum = new SendTimes();
    sendTimes.forEach(times -> times.addTo(sum));
    return sum;
  }

  /** The accounts of an open loop's senders, added up. */
  SenderAccount senderAccount() {
    SenderAccount sum = new SenderAccount();
    senders.forEach(sender -> sender.account().addTo(sum));
    return sum;
  }

  private void closedLoops(int window) {
    long bytes = (long) window * plan.sizes().largest();
    boolean oneThread = plan.socket() instanceof UdpConfig || bytes <= MOST_BYTES_OF_ONE_THREAD;
    boolean batched = plan.socket().io() == IoMode.BATCHED;
    for (int i = 0; i < plan.connections(); i++) {
      Conversation conversation = conversation(i, Math.max(LEAST_OPEN_OF_A_WINDOW, 4 * window));
      if (oneThread) {
        loops.add(
            new ClosedLoop(
                conversation, window, batched, plan.sizes(), codec.another(), sendTimesOf(i)));
      } else {
        SentLog log = new SentLog(window);
        loops.add(new Receiver(conversation, log));
        loops.add(
            new WindowSender(queue(conversation, log), batched ? Math.max(1, window / 4) : 1));
      }
    }
  }

  private void openLoop(Pace.OpenLoop open) {
    int room = roomAt(open.ratePerSecond() / plan.connections());
    // One thread can send 100,000 times a second or more; several would crowd a small machine.
    int threads =
        Math.min(plan.connections(), Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    List<List<SendQueue>> queues = new ArrayList<>();
    IntStream.range(0, threads).forEach(_ -> queues.add(new ArrayList<>()));
    for (int i = 0; i < plan.connections(); i++) {
      Conversation conversation = conversation(i, room);
      SentLog log = new SentLog(room);
      loops.add(new Receiver(conversation, log));
      queues.get(i % threads).add(queue(conversation, log));
    }
    for (int i = 0; i < threads; i++) {
      List<SendQueue> own = queues.get(i);
      double share = (double) own.size() / plan.connections();
      Schedule schedule =
          new Schedule(
              open.ratePerSecond() * share,
              open.arrival(),
              (double) i / threads,
              plan.seed() + i,
              own.size());
      ScheduledSender sender = new ScheduledSender(own, schedule, sendTimesOf(i));
      senders.add(sender);
      loops.add(sender);
    }
  }

  /** Enough for the messages of twice the time for which a reply is waited for. */
  private int roomAt(double rate) {
    double seconds = 2 * plan.deadline().plus(Duration.ofSeconds(1)).toMillis() / 1e3;
    int most = Math.max(LEAST_OPEN, MOST_OPEN / plan.connections());
    return (int) Math.clamp(rate * seconds, LEAST_OPEN, most);
  }

  private Conversation conversation(int index, int mostOpen) {
    Ledger ledger =
        new Ledger(
            codec.another(),
            plan.sizes(),
            plan.deadline().toNanos(),
            mostOpen,
            replyTimes.get(index % replyTimes.size()));
    Conversation conversation = new Conversation(index, Lane.of(plan), ledger, mostOpen, faults);
    conversations.add(conversation);
    return conversation;
  }

  private SendQueue queue(Conversation conversation, SentLog log) {
    boolean batched = plan.socket().io() == IoMode.BATCHED;
    return new SendQueue(
        conversation,
        log,
        batched,
        plan.sizes(),
        codec.another(),
        sendTimesOf(conversation.index()));
  }

  private SendTimes sendTimesOf(int index) {
    return sendTimes.get(index % sendTimes.size());
  }
}
