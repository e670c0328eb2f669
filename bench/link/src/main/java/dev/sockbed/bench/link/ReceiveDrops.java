package dev.sockbed.bench.link;

import dev.sockbed.bench.load.ProcFiles;
import dev.sockbed.common.SocketFailure;
import java.util.function.IntPredicate;

/** Datagrams that came for sockets of the emulator's and found their receive buffers full. */
final class ReceiveDrops {
  private static final ProcFiles PROC = ProcFiles.ofThisSystem();

  private ReceiveDrops() {}

  /**
   * Asks the system.
   *
   * @param place in which network the sockets are
   * @param port which local ports they have
   * @return 0 where the system does not tell
   */
  static long of(NetworkContext place, IntPredicate port) {
    try {
      return place.make(() -> {
        Long drops = PROC.udpDrops(port);
        return drops == null ? 0 : drops;
      });
    } catch (SocketFailure e) {
      throw new IllegalStateException(e); // No socket is made.
    }
  }
}
