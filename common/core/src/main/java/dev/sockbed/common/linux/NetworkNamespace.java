package dev.sockbed.common.linux;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A network of its own inside this process: interfaces, addresses and ports that nobody else sees.
 * One thread lives there. A socket belongs to the network of the thread that creates it, whichever
 * thread uses it later; threads and processes that are started from there live there too.
 *
 * <p>The network is gone when the last of its threads, sockets and processes is, also if this
 * process is killed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/network_namespaces.7.html">
 *     network_namespaces(7)</a>
 */
public final class NetworkNamespace implements Closeable {
  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private NetworkNamespace(String name) {
    thread = Thread.ofPlatform().daemon().name("sockbed-namespace-" + name).unstarted(this::live);
  }

  /**
   * Makes an empty network with a loopback interface.
   *
   * @param name of its thread
   * @throws NotPermittedException if this process may not
   * @throws NotOnThisSystemException where there are none
   */
  public static NetworkNamespace create(String name) {
    if (!NativeAccess.isThere()) {
      throw new NotOnThisSystemException("a network namespace");
    }
    NetworkNamespace namespace = new NetworkNamespace(name);
    namespace.thread.start();
    try {
      namespace.call(NetworkNamespace::enter);
      return namespace;
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  private static boolean enter() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment callState = arena.allocate(Libc.callState());
      if (DeviceCalls.unshare(callState, DeviceCalls.CLONE_NEWNET) != 0) {
        throw new NotPermittedException(
            "make a network namespace", ErrorNumber.text(Libc.errno(callState)));
      }
    }
    InterfaceSetup.bringUp("lo");
    return true;
  }

  private void live() {
    try {
      while (!closed) {
        tasks.take().run();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    cancelWaiting();
  }

  private void cancelWaiting() {
    for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.cancel(false);
    }
  }

  /**
   * Runs something on the thread that lives there, and waits for it.
   *
   * @throws RuntimeException what it threw; a checked exception is wrapped in an {@link
   *     IllegalStateException}
   * @throws IllegalStateException if the network is closed, or is before the thread comes to it
   */
  public <T> T call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    tasks.add(task);
    if (closed) {
      cancelWaiting();
    }
    try {
      return task.get();
    } catch (CancellationException e) {
      throw new IllegalStateException("the network is closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it was asked", e);
    }
  }

  /** Ends its thread; calls that wait in {@link #call} fail. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
