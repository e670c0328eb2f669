package dev.sockbed.bench.load;

import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.common.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the phases of a run and sees to it that each ends. The loops block in socket calls that have
 * no timeout of their own, since a timed call costs more than a plain one; so this thread looks at
 * them now and then, and closes a socket
 *
 * <ul>
 *   <li>when the phase is over and the time for waiting for its replies is, too;
 *   <li>when all replies are there, but the receiver did not know that there would be no more;
 *   <li>when nothing has come for too long with messages under way: over UDP the deadline, after
 *       which a closed loop goes on with the next message; over TCP, which can't, twice that. An
 *       open loop over UDP goes on by itself, until very many messages are open: then its receiver
 *       is woken, to call lost what is overdue and so make room for others.
 * </ul>
 */
final class Supervisor {
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(1);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(50);
  private static final long PROGRESS_NANOS = Duration.ofMillis(200).toNanos();

  /** A silent stream is broken off after twice the deadline, but not before this. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  /**
   * A loop whose socket was closed under it needs no longer than this to end, even if it is one of
   * a thousand threads on a machine that is busy with others.
   */
  private static final Duration END_PATIENCE = Duration.ofMinutes(1);

  private final LoadPlan plan;
  private final List<Conversation> conversations;
  private final List<Loop> loops;
  private final Duration cancelledDrain;
  private final long patienceNanos;
  private final boolean endsWaitingOnlyForRoom;
  private final Duration look;

  /** How long the run takes, or 0 if that is not known. */
  private final long totalNanos;

  private volatile boolean cancelled;
  private volatile @Nullable Phase current;
  private long firstStartNanos;
  private long lastProgressNanos;

  Supervisor(
      LoadPlan plan, List<Conversation> conversations, List<Loop> loops, Duration cancelledDrain) {
    this.plan = plan;
    this.conversations = conversations;
    this.loops = loops;
    this.cancelledDrain = cancelledDrain;
    long deadline = plan.deadline().toNanos();
    boolean lossy = plan.target().transport() == Transport.UDP;
    patienceNanos = lossy ? deadline : Math.max(LEAST_PATIENCE.toNanos(), 2 * deadline);
    endsWaitingOnlyForRoom = lossy && plan.pace() instanceof Pace.OpenLoop;
    long lookNanos = Math.clamp(deadline / 4, SHORTEST_LOOK.toNanos(), LONGEST_LOOK.toNanos());
    look = lossy ? Duration.ofNanos(lookNanos) : LONGEST_LOOK;
    totalNanos =
        plan.stop() instanceof Stop.After(Duration duration)
            ? plan.warmup().plus(duration).toNanos()
            : 0;
  }

  void cancel() {
    cancelled = true;
    Phase phase = current;
    if (phase != null) {
      phase.stop();
    }
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Runs one phase to its end. */
  Phase run(Stop stop, Progress progress) {
    long drain = plan.deadline().toNanos();
    Phase phase =
        new Phase(stop, conversations.size(), drain, Math.min(drain, cancelledDrain.toNanos()));
    current = phase;
    conversations.forEach(Conversation::begin);
    loops.forEach(Loop::begin);
    List<Thread> threads = new ArrayList<>();
    for (Loop loop : loops) {
      threads.add(
          plan.socket().threads().start("sockbed-load-" + threads.size(), task(loop, phase)));
    }
    if (cancelled) {
      phase.stop();
    }
    phase.begin();
    if (firstStartNanos == 0) {
      firstStartNanos = phase.startNanos();
    }
    supervise(phase, threads, progress);
    return phase;
  }

  private static Runnable task(Loop loop, Phase phase) {
    return () -> {
      try {
        SystemTruth.Threads before = SystemWatch.currentThread();
        phase.awaitBegin();
        loop.run(phase);
        phase.used(before, SystemWatch.currentThread());
      } catch (InterruptedException | RuntimeException | Error e) {
        phase.fail(e);
      }
    };
  }

  private void supervise(Phase phase, List<Thread> threads, Progress progress) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      boolean ended = false;
      while (!ended) {
        try {
          ended = thread.join(look);
        } catch (InterruptedException e) {
          interrupted = true;
          cancel();
        }
        if (!ended) {
          look(phase);
          tell(progress);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable fault = phase.fault();
    if (fault != null) {
      throw new IllegalStateException("a load thread failed", fault);
    }
  }

  private void look(Phase phase) {
    long now = System.nanoTime();
    for (int i = 0; i < conversations.size(); i++) {
      Conversation conversation = conversations.get(i);
      long overdue = phase.overdueNanos(now, conversation.lastSendNanos());
      if (overdue > END_PATIENCE.toNanos()) {
        throw new IllegalStateException("connection " + conversation.index() + " does not end");
      }
      if (overdue > 0) {
        conversation.lane().close();
      } else if (conversation.isIdle()) {
        conversation.lane().endWaiting();
      } else if (endsWaitingOnlyForRoom) {
        conversation.endWaitingForRoomAfter(patienceNanos, now);
      } else {
        conversation.endWaitingAfter(patienceNanos, now);
      }
    }
  }

  private void tell(Progress progress) {
    long now = System.nanoTime();
    if (now - lastProgressNanos >= PROGRESS_NANOS) {
      lastProgressNanos = now;
      long sent = 0;
      for (int i = 0; i < conversations.size(); i++) {
        sent += conversations.get(i).sentSoFar();
      }
      progress.at(now - firstStartNanos, totalNanos, sent);
    }
  }
}
