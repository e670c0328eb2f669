package dev.sockbed.common;

import java.util.Locale;

/** Which kind of thread blocks in a socket call. */
public enum ThreadKind {
  /** One operating-system thread each: wakes soonest, costs most memory. */
  PLATFORM,
  /** Many on a few operating-system threads: cheap to hold, wakes 4 to 5 times later. */
  VIRTUAL;

  /**
   * Starts a daemon thread of this kind.
   *
   * @param name the thread's name, as thread dumps show it
   * @param task what it runs
   */
  public Thread start(String name, Runnable task) {
    Thread thread = unstarted(name, task);
    thread.start();
    return thread;
  }

  /** A daemon thread of this kind that is yet to be started. */
  public Thread unstarted(String name, Runnable task) {
    return switch (this) {
      case PLATFORM -> Thread.ofPlatform().daemon().name(name).unstarted(task);
      case VIRTUAL -> Thread.ofVirtual().name(name).unstarted(task);
    };
  }

  /** The name in flags and files: {@code platform} or {@code virtual}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
