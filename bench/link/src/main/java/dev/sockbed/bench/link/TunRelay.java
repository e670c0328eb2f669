package dev.sockbed.bench.link;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relay cut in two with a {@link TunLink} in between: clients come to the first half here, the
 * second half talks to the server here, and what the halves say to each other crosses the emulated
 * link as real packets of the system's TCP or UDP.
 */
public final class TunRelay implements Relay {
  /** The second half's own; nobody else is in that network. */
  private static final int PORT = 10_000;

  private static final Timeline PERFECT = Timeline.constant(LinkSpec.PERFECT);

  private final TunLink link;
  private final Relay near;
  private final Relay far;

  private TunRelay(TunLink link, Relay near, Relay far) {
    this.link = link;
    this.near = near;
    this.far = far;
  }

  /**
   * Listens and relays.
   *
   * @param listen where clients come to; port 0 picks one
   * @param to the server, over the same transport
   * @param local from where the server is called
   * @param seed of everything that is random
   * @param trace gets all packets, or null
   * @throws NotPermittedException if this process may not make networks
   * @throws NotOnThisSystemException where there are none
   */
  public static TunRelay open(
      Address listen,
      Address to,
      LocalEnd local,
      Timeline timeline,
      long seed,
      @Nullable PacketTrace trace)
      throws SocketFailure {
    TunLink link = TunLink.open(timeline, seed, trace);
    Address middle = new Address(to.transport(), TunLink.SERVER_ADDRESS, PORT);
    try {
      Relay far = half(middle, link.serverSide(), to, NetworkContext.from(local));
      try {
        return new TunRelay(
            link, half(listen, NetworkContext.HERE, middle, link.clientSide()), far);
      } catch (SocketFailure e) {
        far.close();
        throw e;
      }
    } catch (SocketFailure e) {
      link.close();
      throw e;
    }
  }

  private static Relay half(
      Address listen, NetworkContext clientSide, Address to, NetworkContext serverSide)
      throws SocketFailure {
    return switch (to.transport()) {
      case TCP -> TcpRelay.open(listen, clientSide, to, serverSide, PERFECT, Toxics.NONE, 0);
      case UDP -> UdpRelay.open(listen, clientSide, to, serverSide, PERFECT, 0);
    };
  }

  @Override
  public List<Address> addresses() {
    return near.addresses();
  }

  @Override
  public PacketCounts counters(Direction direction) {
    return link.counters(direction);
  }

  @Override
  public long startNanos() {
    return link.startNanos();
  }

  @Override
  public long clients() {
    return near.clients();
  }

  @Override
  public long unfetched() {
    return near.unfetched() + link.unfetched() + far.unfetched();
  }

  @Override
  public long turnedAway() {
    return near.turnedAway() + far.turnedAway();
  }

  @Override
  public @Nullable String fault() {
    return Stream.of(link.fault(), far.fault(), near.fault())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    near.close();
    far.close();
    link.close();
  }
}
