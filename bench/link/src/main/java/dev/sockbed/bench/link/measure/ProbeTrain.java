package dev.sockbed.bench.link.measure;

import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.linux.TimerSlack;
import dev.sockbed.common.socket.BlockingSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Messages on a schedule to an echo server, and when each one's echo came. One thread sends,
 * another for each socket receives; a message that was lost holds up others only if the transport
 * does so.
 */
final class ProbeTrain {
  private static final long NEVER = -1;

  /** Half of the shortest deadline that messages are counted for. */
  private static final long LATE_NANOS = 10_000_000;

  /** A stall of this part of the deadline may have made a message late. */
  private static final int STALL_PART = 10;

  private static final int MOST_PLATFORM_THREADS = 8;
  private static final long LOOK_NANOS = 10_000_000;
  private static final long LONGEST_LOOK_NANOS = 100_000_000;

  private final List<BlockingSocket> sockets;
  private final Transport transport;
  private final int attempts;
  private final int bytes;
  private final long gapNanos;
  private final long[] responses;
  private final long[] sentNanos;
  private final int[] sendings;
  private final RetryTimer timer = new RetryTimer();
  private final CountDownLatch allCame = new CountDownLatch(1);
  private final ByteBuffer message;

  /** Sent and not answered, by the time at which they are to be sent again. */
  private final PriorityQueue<Due> unanswered = new PriorityQueue<>();

  private long startNanos;
  private int came;
  private long duplicates;
  private long resent;
  private long sentLate;

  private record Due(long nanos, int number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.signum(nanos - other.nanos);
    }
  }

  /**
   * A train that has not begun.
   *
   * @param sockets connected; they take turns, and are closed at the end. None if the train is
   *     never run
   * @param attempts how often a message is sent at most
   * @param bytes of a message, at least 8
   */
  ProbeTrain(
      List<BlockingSocket> sockets,
      Transport transport,
      int attempts,
      int messages,
      int bytes,
      long gapNanos) {
    this.sockets = List.copyOf(sockets);
    this.transport = transport;
    this.attempts = attempts;
    this.bytes = bytes;
    this.gapNanos = gapNanos;
    responses = new long[messages];
    Arrays.fill(responses, NEVER);
    sentNanos = new long[messages];
    sendings = new int[messages];
    message = ByteBuffer.allocateDirect(bytes);
  }

  /**
   * Sends everything and waits for the echoes.
   *
   * @param startNanos when the first message is meant to be sent
   * @param patienceNanos how long echoes are waited for after the last message
   * @param cancelled asked again and again; once true, no more is sent or waited for
   */
  void run(long startNanos, long patienceNanos, BooleanSupplier cancelled)
      throws InterruptedException {
    this.startNanos = startNanos;
    TimerSlack.remove();
    List<Thread> receivers = new ArrayList<>();
    for (BlockingSocket socket : sockets) {
      receivers.add(receiver().start(() -> receiveAll(socket)));
    }
    try {
      send(startNanos + gapNanos * (responses.length - 1) + patienceNanos, cancelled);
    } finally {
      sockets.forEach(BlockingSocket::close);
      for (Thread receiver : receivers) {
        receiver.join();
      }
    }
  }

  /** Of many, most wait most of the time: those take no thread of the system's. */
  private Thread.Builder receiver() {
    return sockets.size() > MOST_PLATFORM_THREADS
        ? Thread.ofVirtual().name("sockbed-link-receiver")
        : Thread.ofPlatform().daemon().name("sockbed-link-receiver");
  }

  /** Response times from the moment that the schedule meant; below 0 where no echo came. */
  long[] responses() {
    return responses.clone();
  }

  long duplicates() {
    return duplicates;
  }

  long resent() {
    return resent;
  }

  /** Messages that were first sent over 10 ms after the moment that the schedule meant. */
  long sentLate() {
    return sentLate;
  }

  /**
   * Messages that were not back in time, and may have been on a machine that never stalls: around
   * them it did so, for a tenth of the deadline or longer.
   *
   * @param deadlineNanos what is late took longer
   * @return those of them that came, and those that never did
   */
  Excused excused(long deadlineNanos, StallMeter stalls) {
    long late = 0;
    long lost = 0;
    for (int i = 0; i < responses.length; i++) {
      boolean never = responses[i] == NEVER;
      if ((never || responses[i] > deadlineNanos) && stalled(i, deadlineNanos, stalls)) {
        late += never ? 0 : 1;
        lost += never ? 1 : 0;
      }
    }
    return new Excused(late, lost);
  }

  /** Messages of which this machine may have decided the fate. */
  record Excused(long late, long lost) {}

  /** From a deadline before it was due: what was sent then may have held it up. */
  private boolean stalled(int number, long deadlineNanos, StallMeter stalls) {
    long due = startNanos + gapNanos * number;
    return stalls.stalled(due - deadlineNanos, due + deadlineNanos, deadlineNanos / STALL_PART);
  }

  private void send(long endNanos, BooleanSupplier cancelled) throws InterruptedException {
    int next = 0;
    while (allCame.getCount() > 0 && !cancelled.getAsBoolean()) {
      Due again = unanswered.peek();
      long nextNanos = next < responses.length ? startNanos + gapNanos * next : endNanos;
      boolean retry = again != null && again.nanos() - nextNanos < 0;
      long dueNanos = again != null && retry ? again.nanos() : nextNanos;
      if (!await(dueNanos)) {
        continue;
      }
      if (again != null && retry) {
        unanswered.poll();
        sendAgain(again.number());
      } else if (next < responses.length) {
        sendOne(next++);
      } else {
        return;
      }
    }
  }

  /** Waits until then, or until all came; false if it was woken before. */
  private boolean await(long nanos) throws InterruptedException {
    long wait = nanos - System.nanoTime();
    if (wait > 2 * LOOK_NANOS) {
      allCame.await(Math.min(wait - LOOK_NANOS, LONGEST_LOOK_NANOS), TimeUnit.NANOSECONDS);
    } else if (wait > 0) {
      LockSupport.parkNanos(this, wait);
    }
    return nanos - System.nanoTime() <= 0;
  }

  private void sendAgain(int number) {
    if (!hasCome(number)) {
      resent++;
      sendOne(number);
    }
  }

  private void sendOne(int number) {
    message.clear().putLong(0, number);
    int sendingsNow;
    synchronized (responses) {
      sendingsNow = ++sendings[number];
      sentNanos[number] = System.nanoTime();
    }
    if (sendingsNow == 1 && sentNanos[number] - startNanos - gapNanos * number > LATE_NANOS) {
      sentLate++;
    }
    try {
      sockets.get(number % sockets.size()).send(message);
    } catch (SocketFailure e) {
      if (transport == Transport.TCP && sockets.size() == 1) {
        allCame.countDown(); // The connection is gone, and with it the rest of the train.
      }
      return; // Over UDP the next message may get through.
    }
    if (sendingsNow < attempts) {
      unanswered.add(new Due(System.nanoTime() + timer.waitNanos(sendingsNow), number));
    }
  }

  private boolean hasCome(int number) {
    synchronized (responses) {
      return responses[number] != NEVER;
    }
  }

  private void receiveAll(BlockingSocket socket) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    while (socket.isOpen()) {
      try {
        int received = socket.receive(buffer, buffer.remaining());
        if (received == BlockingSocket.END_OF_STREAM) {
          return;
        }
        if (buffer.hasRemaining() && transport == Transport.TCP) {
          continue; // A stream brings messages in pieces.
        }
        if (!buffer.hasRemaining()) {
          cameBack(buffer.getLong(0), System.nanoTime());
        }
        buffer.clear();
      } catch (SocketFailure e) {
        if (transport == Transport.TCP || e.error() == SocketError.CLOSED) {
          return;
        }
        buffer.clear();
      }
    }
  }

  private void cameBack(long number, long nowNanos) {
    if (number < 0 || number >= responses.length) {
      return;
    }
    int index = (int) number;
    synchronized (responses) {
      if (responses[index] != NEVER) {
        duplicates++;
        return;
      }
      responses[index] = nowNanos - startNanos - gapNanos * index;
      if (sendings[index] == 1) {
        timer.answered(nowNanos - sentNanos[index]);
      }
      came++;
      if (came == responses.length) {
        allCame.countDown();
      }
    }
  }
}
