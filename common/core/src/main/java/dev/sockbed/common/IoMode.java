package dev.sockbed.common;

import dev.sockbed.common.linux.BatchedIo;
import java.util.Locale;

/**
 * How many messages one system call carries. The application sees the same either way: at most the
 * receive limit at once, a datagram's bounds, its sender, and whether it was cut.
 */
public enum IoMode {
  /** One message a system call, through the JDK's channels: works everywhere. */
  PLAIN,
  /** As many messages a system call as there are; Linux only. */
  BATCHED,
  /** {@link #BATCHED} where it is to be had, else {@link #PLAIN}. */
  AUTO;

  /**
   * What this means on this system: {@link #PLAIN} or {@link #BATCHED}.
   *
   * @throws dev.sockbed.common.linux.NotOnThisSystemException for {@link #BATCHED} where it is not
   *     to be had
   */
  public IoMode onThisSystem() {
    return switch (this) {
      case PLAIN -> PLAIN;
      case AUTO -> BatchedIo.isAvailable() ? BATCHED : PLAIN;
      case BATCHED -> {
        BatchedIo.require();
        yield BATCHED;
      }
    };
  }

  /** The name in flags and files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
