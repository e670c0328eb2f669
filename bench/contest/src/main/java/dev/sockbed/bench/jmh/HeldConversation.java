package dev.sockbed.bench.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the benchmarks share that hold one conversation open and measure messages over it.
 *
 * <p>Each is rehearsed once, opening to closing, before it is opened to be measured. JMH's
 * profilers count the closing as part of the last iteration, and what a first closing loads and
 * links is some hundred kilobytes, which would be taken for garbage of the messages.
 */
public abstract class HeldConversation extends Loopback {
  /** Bytes a message. */
  @Param({"1", "16", "64", "128"})
  public int payload;

  private long messages;

  /** Starts the server and connects to it. */
  abstract void open() throws Exception;

  /** What is measured, once. */
  abstract void converse() throws Exception;

  /** Ends both sides and tells how many bytes the server sent back. */
  abstract long close() throws Exception;

  /** One rehearsal, then the opening of what is measured. */
  @Setup
  public final void openAfterARehearsal() throws Exception {
    open();
    converse();
    closeAndCheck();
    open();
  }

  /** Checks that the server echoed what was counted. */
  @TearDown
  public final void closeAndCheck() throws Exception {
    check("bytes", messages * payload, close());
    messages = 0;
  }

  /** Counts messages that came back. */
  final void count(int echoed) {
    messages += echoed;
  }
}
