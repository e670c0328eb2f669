package dev.sockbed.bench.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.PacketOptions;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.BatchedIo;
import dev.sockbed.common.linux.BusyPoll;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as the files hold it: the configuration in effect, every default spelled out.
 *
 * @param local the source address, and port if one was asked for, or the only family ({@code IPv4},
 *     {@code IPv6}); null if the system chose
 */
public record LoadConfig(
    String target,
    List<Integer> sizesBytes,
    int connections,
    @Nullable Integer window,
    @Nullable Double ratePerSecond,
    @Nullable String arrival,
    @Nullable Long durationNs,
    @Nullable Long count,
    long warmupNs,
    long deadlineNs,
    long seed,
    int trials,
    int receiveLimitBytes,
    long connectTimeoutNs,
    int sendBufferBytes,
    int receiveBufferBytes,
    PacketOptions packets,
    @Nullable String local,
    @Nullable TcpOptions tcp,
    String threads,
    @JsonProperty("wait") String waiting,
    String io,
    @Nullable String batchedWith,
    @Nullable Integer busyPollMicros,
    @Nullable List<Integer> cpus) {

  /** What only TCP has; a null congestion control is the system's. */
  record TcpOptions(
      boolean noDelay, boolean quickAck, boolean keepAlive, @Nullable String congestionControl) {
    static TcpOptions of(TcpConfig config) {
      return new TcpOptions(
          config.noDelay(), config.quickAck(), config.keepAlive(), config.congestionControl());
    }
  }

  /**
   * Spells a plan out.
   *
   * @param cpus the processors that the run is kept to, or none
   * @param trials how many times it is run; each time with the next seed
   */
  public static LoadConfig of(LoadPlan plan, List<Integer> cpus, int trials) {
    Integer window = plan.pace() instanceof Pace.ClosedLoop(int messages) ? messages : null;
    Pace.OpenLoop open = plan.pace() instanceof Pace.OpenLoop loop ? loop : null;
    Long duration = plan.stop() instanceof Stop.After(Duration time) ? time.toNanos() : null;
    Long count = plan.stop() instanceof Stop.AfterCount(long messages) ? messages : null;
    SocketConfig socket = plan.socket();
    boolean batchedUdp = socket instanceof UdpConfig && socket.io() == IoMode.BATCHED;
    return new LoadConfig(
        plan.target().toString(),
        plan.sizes().list(),
        plan.connections(),
        window,
        open == null ? null : open.ratePerSecond(),
        open == null ? null : open.arrival().label(),
        duration,
        count,
        plan.warmup().toNanos(),
        plan.deadline().toNanos(),
        plan.seed(),
        trials,
        socket.receiveLimit(),
        socket.connectTimeout().toNanos(),
        socket.sendBufferBytes(),
        socket.receiveBufferBytes(),
        socket.shared().packets(),
        socket.shared().local().equals(LocalEnd.ANY) ? null : socket.shared().local().toString(),
        socket instanceof TcpConfig tcp ? TcpOptions.of(tcp) : null,
        socket.threads().label(),
        socket.waiting().toString(),
        socket.io().label(),
        batchedUdp ? BatchedIo.datagramCalls() : null,
        !socket.waiting().blocksAtOnce() && BusyPoll.isGranted() ? BusyPoll.MICROS : null,
        cpus.isEmpty() ? null : cpus);
  }
}
