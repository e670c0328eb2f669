package dev.sockbed.server;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a server did so far: a snapshot.
 *
 * @param accepted connections taken on; 0 over UDP
 * @param active connections being served now; 0 over UDP
 * @param refused connections broken off at once, over the cap or for want of a thread; 0 over UDP
 * @param receives receives that gave something: pieces of a stream, or datagrams, empty ones too
 * @param bytes bytes that these gave, after any cut
 * @param truncated datagrams cut to the receive limit; 0 over TCP
 * @param dropped connections not ended by their caller, or datagrams not answered, by why; reasons
 *     that never occurred are left out
 */
public record ServerCounters(
    long accepted,
    long active,
    long refused,
    long receives,
    long bytes,
    long truncated,
    Map<DropReason, Long> dropped) {

  /** Nothing happened yet. */
  public static final ServerCounters NONE = new ServerCounters(0, 0, 0, 0, 0, 0, Map.of());

  /** Keeps a copy of the map. */
  public ServerCounters {
    Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
    copy.putAll(dropped);
    dropped = Collections.unmodifiableMap(copy);
  }

  /** How often it dropped for that reason. */
  public long dropped(DropReason reason) {
    return dropped.getOrDefault(reason, 0L);
  }

  /** How often it dropped for any reason. */
  public long droppedInAll() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** These counters and another server's together. */
  public ServerCounters plus(ServerCounters other) {
    Map<DropReason, Long> sums = new EnumMap<>(DropReason.class);
    sums.putAll(dropped);
    other.dropped.forEach((reason, count) -> sums.merge(reason, count, Long::sum));
    return new ServerCounters(
        accepted + other.accepted,
        active + other.active,
        refused + other.refused,
        receives + other.receives,
        bytes + other.bytes,
        truncated + other.truncated,
        sums);
  }
}
