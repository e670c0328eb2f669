package dev.sockbed.bench.link.transfer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Threads whose processor time is added up as they end. May be used by several threads. */
final class CountedThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Thread> started = new ArrayList<>();
  private final AtomicLong cpuNanos = new AtomicLong();

  /** Starts one. */
  synchronized void start(String name, Runnable work) {
    started.add(
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .start(() -> {
              try {
                work.run();
              } finally {
                cpuNanos.addAndGet(THREADS.getCurrentThreadCpuTime());
              }
            }));
  }

  /** Waits for all that were started, also by each other. */
  void join() throws InterruptedException {
    for (int i = 0; i < count(); i++) {
      thread(i).join();
    }
  }

  private synchronized int count() {
    return started.size();
  }

  private synchronized Thread thread(int index) {
    return started.get(index);
  }

  /** Of those that have ended; less than 0 where the system does not tell. */
  long cpuNanos() {
    return cpuNanos.get();
  }
}
