package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.Closeable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The far end of one file's way, which has begun to listen, and with a near end all of it. */
interface Transfer extends Closeable {
  /**
   * Listens.
   *
   * @param local where; port 0 picks one
   * @param variant how the file is sent
   * @param patience how long a connect or a send may take
   */
  static Transfer listen(
      Address local, Variant variant, Direction direction, int bytes, Duration patience)
      throws SocketFailure {
    return variant.transport() == Transport.TCP
        ? StreamTransfer.listen(local, variant, direction, bytes, patience)
        : DatagramTransfer.listen(local, variant, direction, bytes);
  }

  /** Where the far end listens. */
  Address address();

  /**
   * Opens the near end's socket, where a client has to be, and connects it to nobody yet.
   *
   * @param remote where the far end is found, through a link for one
   */
  void open(Address remote) throws SocketFailure;

  /**
   * The near end's work, from connecting on; ends when all is sent or received, or closed.
   *
   * @param threads starts what it needs beside the calling one
   */
  void near(CountedThreads threads) throws SocketFailure, InterruptedException;

  /** The far end's work, likewise. */
  void far(CountedThreads threads) throws SocketFailure, InterruptedException;

  /** What has come. */
  Receipt receipt();

  /** Pieces that were sent again by the sender itself. */
  long resent();

  /** How the system paces the near end, as in {@code cubic}; null where that is not its work. */
  @Nullable String congestionControl();

  @Override
  void close();
}
