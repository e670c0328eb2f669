package dev.sockbed.client.device;

import dev.sockbed.common.Durations;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.socket.BlockingSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A stack that keeps few datagrams for a program: while so many wait to be received, it drops what
 * comes. A thread of its own takes them from the socket, until that is closed.
 */
final class DatagramQueue {
  private final BlockingSocket socket;
  private final int room;
  private final int longest;
  private final Duration timeout;

  // Guarded by this object's own monitor.
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private @Nullable SocketFailure failure;
  private long dropped;

  /**
   * A stack below a program that receives from it only.
   *
   * @param room how many datagrams wait at most
   * @param longest of how many bytes the longest is that it carries; it drops longer ones
   * @param timeout how long a receive waits; zero for ever
   */
  DatagramQueue(
      BlockingSocket socket, ThreadKind threads, int room, int longest, Duration timeout) {
    this.socket = socket;
    this.room = room;
    this.longest = longest;
    this.timeout = timeout;
    threads.start("sockbed-board-stack", this::takeAll);
  }

  private void takeAll() {
    ByteBuffer datagram = ByteBuffer.allocateDirect(longest);
    while (true) {
      try {
        socket.receive(datagram.clear(), longest);
        if (!socket.truncated()) {
          add(datagram.flip());
        }
      } catch (SocketFailure e) {
        if (e.error() != SocketError.TIMED_OUT) { // That is told by whoever waits.
          end(e);
          return;
        }
      }
    }
  }

  private synchronized void add(ByteBuffer datagram) {
    if (waiting.size() == room) {
      dropped++;
      return;
    }
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    waiting.add(bytes);
    notifyAll();
  }

  private synchronized void end(SocketFailure why) {
    failure = why;
    notifyAll();
  }

  /**
   * The next datagram, whole.
   *
   * @throws SocketFailure {@link SocketError#TIMED_OUT} if none came in time, or what the socket's
   *     own receive failed with, once nothing waits any more
   * @throws InterruptedException if interrupted
   */
  synchronized byte[] next() throws SocketFailure, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      byte[] first = waiting.poll();
      if (first != null) {
        return first;
      }
      if (failure != null) {
        throw failure;
      }
      long left = timeout.toNanos() - (System.nanoTime() - start);
      if (!timeout.isZero() && left <= 0) {
        throw new SocketFailure(
            SocketError.TIMED_OUT, "receive within " + Durations.inWords(timeout), null);
      }
      wait(timeout.isZero() ? 0 : left / 1_000_000 + 1);
    }
  }

  /** How many found no room. */
  synchronized long dropped() {
    return dropped;
  }
}
