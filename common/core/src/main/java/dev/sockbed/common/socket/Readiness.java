package dev.sockbed.common.socket;

import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.linux.BusyPoll;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Waiting for many TCP sockets at once, where a thread for each would be too many: {@code epoll(7)}
 * or what the system has for it, by the JDK's selector. Watched sockets don't block any more: they
 * are used by their {@code …Now} methods.
 *
 * <p>One thread waits and watches; {@link #wake} may be called from any.
 */
public final class Readiness implements Closeable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final WaitStrategy waiting;
  private volatile boolean woken;

  private Readiness(Selector selector, WaitStrategy waiting) {
    this.selector = selector;
    this.waiting = waiting;
  }

  /** What one socket is waited for. */
  public static final class Watch {
    private final SelectionKey key;

    private Watch(SelectionKey key) {
      this.key = key;
    }

    /** From now on until there is something to receive. */
    public void forReceive() {
      key.interestOps(SelectionKey.OP_READ);
    }

    /** From now on until there is room to send. */
    public void forSend() {
      key.interestOps(SelectionKey.OP_WRITE);
    }

    /** From now on until there is a connection to accept. */
    public void forAccept() {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }

    /** For nothing, until another of these is called. */
    public void pause() {
      key.interestOps(0);
    }
  }

  /**
   * Watches nothing yet.
   *
   * @param waiting how to wait
   * @throws SocketFailure if the system has no more descriptors
   */
  public static Readiness open(WaitStrategy waiting) throws SocketFailure {
    try {
      return new Readiness(Selector.open(), waiting);
    } catch (IOException e) {
      throw SocketFailure.of("epoll_create", e);
    }
  }

  /**
   * Watches a listener for connections to accept.
   *
   * @param ready what {@link #await} runs then
   */
  public Watch watch(TcpListener listener, Runnable ready) throws SocketFailure {
    return watch(listener.channel(), SelectionKey.OP_ACCEPT, ready);
  }

  /**
   * Watches a connection for something to receive.
   *
   * @param ready what {@link #await} runs then
   */
  public Watch watch(TcpSocket socket, Runnable ready) throws SocketFailure {
    return watch(socket.channel(), SelectionKey.OP_READ, ready);
  }

  private Watch watch(SelectableChannel channel, int interest, Runnable ready)
      throws SocketFailure {
    try {
      channel.configureBlocking(false);
      if (!waiting.blocksAtOnce()) {
        BusyPoll.request(channel);
      }
      return new Watch(channel.register(selector, interest, ready));
    } catch (IOException e) {
      throw SocketFailure.of("epoll_ctl", e);
    }
  }

  /**
   * Waits until something is ready, and runs what was given for it; or until {@link #wake}, or for
   * that time.
   *
   * @param nanos the longest wait; counted in whole milliseconds, rounded up, where it blocks
   */
  public void await(long nanos) throws SocketFailure {
    try {
      if (waiting.blocksAtOnce()) {
        block(nanos);
      } else {
        spin(nanos);
      }
    } catch (IOException e) {
      throw SocketFailure.of("epoll_wait", e);
    } finally {
      woken = false;
    }
  }

  private void block(long nanos) throws IOException {
    selector.select(Readiness::run, Math.max(1, Math.ceilDiv(nanos, NANOS_PER_MILLI)));
  }

  private void spin(long nanos) throws IOException {
    long start = System.nanoTime();
    while (selector.selectNow(Readiness::run) == 0 && !woken) {
      long waited = System.nanoTime() - start;
      if (waited >= nanos) {
        return;
      }
      if (waited >= waiting.spinNanos()) {
        block(nanos - waited);
        return;
      }
      Thread.onSpinWait();
    }
  }

  private static void run(SelectionKey ready) {
    ((Runnable) ready.attachment()).run();
  }

  /** Ends the wait that goes on, or the next one. */
  public void wake() {
    woken = true;
    selector.wakeup();
  }

  /** Watches nothing any more. What was watched stays open, unless it was closed before. */
  @Override
  public void close() {
    Unchecked.close(selector);
  }
}
