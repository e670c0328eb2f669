package dev.sockbed.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.sockbed.bench.result.SystemTruth;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Asks the system before the measured part of a run and after it, and tells the difference. */
final class SystemWatch {
  private static final ProcFiles PROC = ProcFiles.ofThisSystem();

  private final LoadPlan plan;
  private final List<Conversation> conversations;
  private final @Nullable ProcessHandle server;
  private final boolean peerIsHere;
  private final Moment before;

  /**
   * Looks for the first time.
   *
   * @param server the server's process, if it is known
   * @throws SocketFailure if the target's name can't be resolved
   */
  SystemWatch(LoadPlan plan, List<Conversation> conversations, @Nullable ProcessHandle server)
      throws SocketFailure {
    this.plan = plan;
    this.conversations = conversations;
    this.server = server;
    this.peerIsHere = plan.target().resolve().stream().anyMatch(end -> isHere(end.getAddress()));
    this.before = look();
  }

  /**
   * Looks again.
   *
   * @param loadThreads what the run's threads used, if that is known
   */
  SystemTruth end(SystemTruth.@Nullable Threads loadThreads) {
    Moment after = look();
    return new SystemTruth(
        since(before.udp, after.udp),
        grown(before.ownDropped, after.ownDropped),
        grown(before.peerDropped, after.peerDropped),
        grown(before.tcpRetransmits, after.tcpRetransmits),
        tcp(before.streams, after.streams),
        after.gcCount - before.gcCount,
        after.gcMillis - before.gcMillis,
        grown(before.clientCpu, after.clientCpu),
        grown(before.serverCpu, after.serverCpu),
        loadThreads);
  }

  /** What the calling thread used so far; null for a virtual one or where the system is silent. */
  static SystemTruth.@Nullable Threads currentThread() {
    if (Thread.currentThread().isVirtual()) {
      return null;
    }
    long cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return cpuNanos < 0 ? null : PROC.currentThread(cpuNanos);
  }

  private Moment look() {
    boolean udp = plan.target().transport() == Transport.UDP;
    // The sockets before the whole: what is dropped in between must not make a part the larger.
    Long ownDropped = udp ? PROC.udpDrops(ownPorts()) : null;
    Long peerDropped =
        udp && peerIsHere ? PROC.udpDrops(port -> port == plan.target().port()) : null;
    return new Moment(
        PROC.udp(),
        ownDropped,
        peerDropped,
        PROC.tcpRetransmits(),
        conversations.stream()
            .<@Nullable StreamState>map(conversation -> conversation.lane().stream())
            .toList(),
        pausingCollectors().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum(),
        pausingCollectors().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum(),
        clientCpuNanos(),
        serverCpuNanos());
  }

  private IntPredicate ownPorts() {
    int[] ports = conversations.stream().mapToInt(one -> one.lane().localPort()).sorted().toArray();
    return port -> Arrays.binarySearch(ports, port) >= 0;
  }

  /** Some collectors also count cycles that stop nobody. */
  private static List<GarbageCollectorMXBean> pausingCollectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(bean -> !bean.getName().contains("Concurrent") && !bean.getName().contains("Cycle"))
        .toList();
  }

  private static @Nullable Long clientCpuNanos() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long nanos = system.getProcessCpuTime();
    return nanos < 0 ? null : nanos;
  }

  private @Nullable Long serverCpuNanos() {
    return server == null
        ? null
        : server.info().totalCpuDuration().map(Duration::toNanos).orElse(null);
  }

  private static boolean isHere(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException unknown) {
      return false;
    }
  }

  private static SystemTruth.@Nullable Udp since(
      SystemTruth.@Nullable Udp before, SystemTruth.@Nullable Udp after) {
    return before == null || after == null
        ? null
        : new SystemTruth.Udp(
            after.inDatagrams() - before.inDatagrams(),
            after.noPorts() - before.noPorts(),
            after.inErrors() - before.inErrors(),
            after.receiveBufferErrors() - before.receiveBufferErrors(),
            after.sendBufferErrors() - before.sendBufferErrors());
  }

  /** A connection that was made anew counts from zero; one that ended is not known any more. */
  private static SystemTruth.@Nullable Tcp tcp(
      List<@Nullable StreamState> before, List<@Nullable StreamState> after) {
    List<StreamState> open =
        after.stream()
            .filter(Objects::nonNull)
            .sorted(Comparator.comparingLong(StreamState::smoothedRttNanos))
            .toList();
    if (open.isEmpty()) {
      return null;
    }
    long retransmits = 0;
    for (int i = 0; i < after.size(); i++) {
      StreamState first = before.get(i);
      StreamState last = after.get(i);
      if (last != null) {
        long earlier = first == null ? 0 : first.retransmitted();
        retransmits += last.retransmitted() - Math.min(earlier, last.retransmitted());
      }
    }
    StreamState median = open.get(open.size() / 2);
    return new SystemTruth.Tcp(
        median.smoothedRttNanos(),
        median.rttVariationNanos(),
        retransmits,
        bytesOfASegment(open, StreamState::sent),
        bytesOfASegment(open, StreamState::received));
  }

  private static @Nullable Long bytesOfASegment(
      List<StreamState> open, Function<StreamState, StreamState.Data> way) {
    long bytes = open.stream().map(way).mapToLong(StreamState.Data::bytes).sum();
    long segments = open.stream().map(way).mapToLong(StreamState.Data::segments).sum();
    return segments == 0 ? null : bytes / segments;
  }

  /** A socket that was replaced by a new one counts from zero again. */
  private static @Nullable Long grown(@Nullable Long before, @Nullable Long after) {
    return before == null || after == null ? null : Math.max(0, after - before);
  }

  private record Moment(
      SystemTruth.@Nullable Udp udp,
      @Nullable Long ownDropped,
      @Nullable Long peerDropped,
      @Nullable Long tcpRetransmits,
      List<@Nullable StreamState> streams,
      long gcCount,
      long gcMillis,
      @Nullable Long clientCpu,
      @Nullable Long serverCpu) {}
}
