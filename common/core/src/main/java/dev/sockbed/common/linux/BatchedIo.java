package dev.sockbed.common.linux;

import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** Whether many messages can go with one system call here, and how. */
public final class BatchedIo {
  private static final boolean AVAILABLE = tellsDescriptors();

  private BatchedIo() {}

  /** Whether it can be had: on Linux, with native access and the numbers of the JDK's sockets. */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /**
   * Refuses to go on without it.
   *
   * @throws NotOnThisSystemException if {@link #isAvailable} is false
   */
  public static void require() {
    if (!AVAILABLE) {
      throw new NotOnThisSystemException("batched input and output");
    }
  }

  /**
   * Which of the system's ways the datagrams take, as was found out by trying: in a few words.
   *
   * @throws NotOnThisSystemException if {@link #isAvailable} is false
   */
  public static String datagramCalls() {
    require();
    return SegmentationOffload.ofThisSystem().toString();
  }

  private static boolean tellsDescriptors() {
    try (DatagramChannel channel = DatagramChannel.open()) {
      return Descriptor.of(channel).isPresent();
    } catch (IOException noSocketsAtAll) {
      return false;
    }
  }
}
