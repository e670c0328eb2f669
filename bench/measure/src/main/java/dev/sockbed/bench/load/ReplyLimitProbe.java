package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Asks a UDP echo server, by sending it many small datagrams for two seconds, whether it limits its
 * replies to this machine: then a load or a comparison would measure that limit.
 */
public final class ReplyLimitProbe {
  /** Three times the default limit of {@code serve}. */
  public static final int PER_SECOND = 30_000;

  private static final Duration DURATION = Duration.ofSeconds(2);
  private static final Duration LAST_REPLIES = Duration.ofMillis(300);
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** So many datagrams are sent at once; the thread pauses between. */
  private static final long PAUSE_NANOS = 1_000_000;

  private final UdpSocket socket;
  private final long[] sentNanos;
  private final boolean[] answered;
  private final long gapNanos;

  private ReplyLimitProbe(UdpSocket socket, int perSecond) {
    this.socket = socket;
    int messages = (int) (perSecond * DURATION.toSeconds());
    sentNanos = new long[messages];
    answered = new boolean[messages];
    gapNanos = NANOS_PER_SECOND / perSecond;
  }

  /**
   * Probes.
   *
   * @param local from where to ask
   * @param perSecond datagrams a second to send; a higher limit is not seen
   * @param cancelled asked again and again; once true, the probe ends and finds nothing
   * @return the replies a second that the server allows, or empty if no limit shows
   * @throws SocketFailure if the server can't be reached
   */
  public static OptionalDouble at(
      Address server, LocalEnd local, int perSecond, BooleanSupplier cancelled)
      throws SocketFailure {
    UdpConfig config =
        UdpConfig.DEFAULT
            .withLocal(local)
            .withReceiveLimit(Long.BYTES)
            .withReceiveBufferBytes(RECEIVE_BUFFER_BYTES)
            .withReceiveTimeout(LAST_REPLIES);
    try (UdpSocket socket = UdpSocket.connected(server, config)) {
      ReplyLimitProbe probe = new ReplyLimitProbe(socket, perSecond);
      Thread receiver =
          ThreadKind.PLATFORM.start("sockbed-reply-limit-receiver", probe::receiveAll);
      boolean all = probe.sendAll(cancelled);
      receiver.join();
      return all ? ReplyLimit.of(probe.sentNanos, probe.answered) : OptionalDouble.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    }
  }

  private boolean sendAll(BooleanSupplier cancelled) throws SocketFailure {
    ByteBuffer message = ByteBuffer.allocateDirect(Long.BYTES);
    long start = System.nanoTime();
    for (int i = 0; i < sentNanos.length; i++) {
      while (start + gapNanos * i - System.nanoTime() > 0) {
        LockSupport.parkNanos(this, PAUSE_NANOS);
        if (cancelled.getAsBoolean()) {
          return false;
        }
      }
      sentNanos[i] = System.nanoTime();
      try {
        socket.send(message.clear().putLong(0, i));
      } catch (SocketFailure e) {
        if (e.error() == SocketError.CLOSED) {
          throw e;
        }
        // Refused, or no room: that one was not answered.
      }
    }
    return true;
  }

  /** Until nothing has come for a while. */
  private void receiveAll() {
    ByteBuffer reply = ByteBuffer.allocateDirect(Long.BYTES);
    boolean[] came = new boolean[answered.length];
    try {
      while (true) {
        int received = socket.receive(reply.clear(), Long.BYTES);
        long number = received == Long.BYTES ? reply.getLong(0) : -1;
        if (number >= 0 && number < came.length) {
          came[(int) number] = true;
        }
      }
    } catch (SocketFailure timedOutOrGone) {
      System.arraycopy(came, 0, answered, 0, came.length);
    }
  }
}
