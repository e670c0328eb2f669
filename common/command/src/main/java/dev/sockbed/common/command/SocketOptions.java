package dev.sockbed.common.command;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.SharedChanges;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.WaitStrategy;
import picocli.CommandLine.Option;

/** The flags that set sockets up, the same for every command that opens one. */
public class SocketOptions {
  @Option(
      names = "--receive-limit",
      paramLabel = "BYTES",
      defaultValue = "128",
      converter = Values.Size.class,
      description = "The most bytes one receive gives (default: ${DEFAULT-VALUE}).")
  private int receiveLimit;

  @Option(
      names = "--threads",
      paramLabel = "platform|virtual",
      defaultValue = "platform",
      description = "Which kind of thread waits in the calls (default: ${DEFAULT-VALUE}).")
  private ThreadKind threads = ThreadKind.PLATFORM;

  @Option(
      names = "--wait",
      paramLabel = "block|spin|spin:50us",
      defaultValue = "block",
      description = {
        "How a receive waits (default: ${DEFAULT-VALUE}):",
        "spin asks again and again; spin:50us does so that long, then blocks."
      })
  private WaitStrategy waiting = WaitStrategy.BLOCK;

  @Option(
      names = "--io",
      paramLabel = "plain|batched|auto",
      defaultValue = "plain",
      description = {
        "How many messages a system call carries (default: ${DEFAULT-VALUE}):",
        "plain one, everywhere; batched many, on Linux; auto what is there."
      })
  private IoMode io = IoMode.PLAIN;

  /** The most bytes one receive gives. */
  public int receiveLimit() {
    return receiveLimit;
  }

  /** Which kind of thread waits. */
  public ThreadKind threads() {
    return threads;
  }

  /** How a receive waits. */
  public WaitStrategy waiting() {
    return waiting;
  }

  /**
   * How many messages a system call carries: {@link IoMode#PLAIN} or {@link IoMode#BATCHED}.
   *
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if batches are asked for where they
   *     are not to be had
   */
  public IoMode io() {
    return io.onThisSystem();
  }

  /**
   * A TCP configuration with these flags.
   *
   * @throws UsageException if a value is out of range for TCP
   */
  public TcpConfig tcp() {
    return changed(TcpConfig.DEFAULT);
  }

  /**
   * A UDP configuration with these flags.
   *
   * @throws UsageException if a value is out of range for UDP
   */
  public UdpConfig udp() {
    return changed(UdpConfig.DEFAULT);
  }

  private <C extends SharedChanges<C>> C changed(C config) {
    try {
      return config
          .withReceiveLimit(receiveLimit)
          .withThreads(threads)
          .withWaiting(waiting)
          .withIo(io);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The configuration for one transport. */
  public SocketConfig of(Transport transport) {
    return switch (transport) {
      case TCP -> tcp();
      case UDP -> udp();
    };
  }
}
