package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.common.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands between clients and a server: who talks to it talks to the server, over a bad link. */
public sealed interface Relay extends AutoCloseable permits TcpRelay, UdpRelay, TunRelay {
  /** Where it listens, the ports in effect; several if a name stands for several addresses. */
  List<Address> addresses();

  /** The first of them. */
  default Address address() {
    return addresses().getFirst();
  }

  /** What became of what came so far. */
  PacketCounts counters(Direction direction);

  /** The moment that is zero in the timeline. */
  long startNanos();

  /** How many clients it has met. */
  long clients();

  /**
   * Packets that the system dropped because the emulator did not fetch them in time: a fault of the
   * emulator that must not be taken for the link's. They are in no counter.
   */
  long unfetched();

  /**
   * Connections refused, or UDP clients forgotten, because there were too many at a time: a bound
   * of the emulator that must not be taken for the link's.
   */
  long turnedAway();

  /** What went wrong last between the relay and the server, in one line; null if nothing did. */
  @Nullable String fault();

  /** Closes all sockets and ends all threads. */
  @Override
  void close();
}
