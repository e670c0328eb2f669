package dev.sockbed.common.socket;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BusyPoll;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waiting on a channel that does not block: first by asking again and again, then, if the strategy
 * has an end to that, in a selector. Used for spinning, for receive timeouts and for batches of
 * datagrams; a plain receive without a timeout leaves the waiting to its system call.
 */
final class ChannelWait implements Closeable {
  /** Asking the clock each time would cost more than asking the socket. */
  private static final int SPINS_BETWEEN_CLOCK_READS = 16;

  /** How long to leave a system alone that has no room for more. */
  private static final long PAUSE_NANOS = 50_000;

  /** A park takes some 50 times as long as a yield. */
  private static final int YIELDS_BETWEEN_PARKS = 64;

  private final WaitStrategy strategy;
  private final long timeoutNanos;
  private final @Nullable Selector selector;
  private final Closeable closing;

  private long startNanos;
  private long spins;

  /**
   * Makes the channel non-blocking.
   *
   * @param config how to wait, and for how long at most
   * @param closing closes the channel when nothing uses it
   */
  ChannelWait(SelectableChannel channel, SocketConfig config, Closeable closing)
      throws IOException {
    this.closing = closing;
    this.strategy = config.waiting();
    this.timeoutNanos = config.receiveTimeout().toNanos();
    channel.configureBlocking(false);
    if (!strategy.blocksAtOnce()) {
      BusyPoll.request(channel);
    }
    this.selector = strategy.spinsForever() ? null : selectorOf(channel);
  }

  /**
   * The configured way to wait.
   *
   * @return null if that is a blocking system call: the channel stays as it is
   */
  static @Nullable ChannelWait unlessPlain(SelectableChannel channel, SocketConfig config)
      throws IOException {
    boolean plain = config.waiting().blocksAtOnce() && config.receiveTimeout().isZero();
    return plain ? null : new ChannelWait(channel, config, channel);
  }

  private static Selector selectorOf(SelectableChannel channel) throws IOException {
    Selector selector = channel.provider().openSelector();
    try {
      channel.register(selector, SelectionKey.OP_READ);
      return selector;
    } catch (IOException closedMeanwhile) {
      selector.close();
      throw closedMeanwhile;
    }
  }

  /** Begins a wait. */
  void begin() {
    spins = 0;
  }

  /**
   * Waits a little; to be called each time the channel had nothing.
   *
   * @throws SocketTimeoutException when this wait has lasted its timeout
   * @throws ClosedByInterruptException when the thread is interrupted; the channel is closed, as
   *     the JDK does it to a channel that waits in a system call
   * @throws AsynchronousCloseException when another thread closes this wait
   */
  void await() throws IOException {
    if (spins == 0) {
      startNanos = System.nanoTime();
    }
    spins++;
    if (spins % SPINS_BETWEEN_CLOCK_READS != 0 && !strategy.blocksAtOnce()) {
      Thread.onSpinWait();
      return;
    }
    giveWay(this);
    long waited = System.nanoTime() - startNanos;
    if (timeoutNanos != 0 && waited >= timeoutNanos) {
      throw new SocketTimeoutException("nothing within the time allowed");
    }
    if (selector != null && waited >= strategy.spinNanos()) {
      block(selector, waited);
    }
  }

  private void block(Selector selector, long waited) throws IOException {
    long leftNanos = timeoutNanos - waited;
    // The selector counts whole milliseconds; round up, so as never to time out early.
    long millis = timeoutNanos == 0 ? 0 : (leftNanos + 999_999) / 1_000_000;
    try {
      selector.select(ChannelWait::ready, millis);
    } catch (ClosedSelectorException e) {
      throw (IOException) new AsynchronousCloseException().initCause(e);
    }
  }

  /** That the channel is ready is all there is to know: it is the selector's only one. */
  private static void ready(SelectionKey key) {}

  /**
   * What a spinning thread owes to others: an end when it is interrupted, and, if it is virtual,
   * its processor thread now and then, which nothing can take from it by force.
   *
   * <p>Yielding is not enough: a processor thread with two virtual ones that yield to each other
   * never looks for a third that was woken elsewhere. So now and then it parks for a moment.
   *
   * @throws ClosedByInterruptException when the thread is interrupted; the socket is closed
   */
  // The scheduler of virtual threads takes turns only among those that give way.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void giveWay(Closeable socket) throws IOException {
    Thread thread = Thread.currentThread();
    endIfInterrupted(socket);
    if (!thread.isVirtual()) {
      Thread.onSpinWait();
    } else if (ThreadLocalRandom.current().nextInt(YIELDS_BETWEEN_PARKS) > 0) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(1);
    }
  }

  /**
   * Waits a little for the system to have room for more to send; to be called each time it has
   * none, which is when the peer or the network is slower.
   *
   * @throws ClosedByInterruptException when the thread is interrupted; the socket is closed
   */
  static void forRoom(Closeable socket, WaitStrategy strategy) throws IOException {
    if (strategy.blocksAtOnce()) {
      endIfInterrupted(socket);
      LockSupport.parkNanos(socket, PAUSE_NANOS);
    } else {
      giveWay(socket);
    }
  }

  private static void endIfInterrupted(Closeable socket) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      socket.close();
      throw new ClosedByInterruptException();
    }
  }

  /**
   * Closes the channel, and so ends a wait that goes on in another thread. The selector comes after
   * it: a channel's descriptor is free only when no selector has it any more.
   */
  @Override
  public void close() throws IOException {
    closing.close();
    if (selector != null) {
      selector.close();
    }
  }
}
