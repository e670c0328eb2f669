package dev.sockbed.bench.compare;

import dev.sockbed.bench.serve.EchoServerProcess;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a comparison talks to: the user's or our own, and bare ones where the floor is
 * measured. All that were started end when this is closed.
 *
 * @param targets the echo servers, one for each transport
 * @param own the process of ours among them, or null if the user named them
 * @param floor the process of the bare ones, or null if the floor is not measured
 */
record Servers(
    Map<Transport, Address> targets,
    @Nullable EchoServerProcess own,
    @Nullable EchoServerProcess floor)
    implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Starts what is not there.
   *
   * @param named the servers that the user named, or none
   * @param config the receive limit, threads, waiting and I/O that servers of ours get
   * @param flags further options of {@code serve} that servers of ours get
   * @throws dev.sockbed.common.SocketFailure if they do not listen within a bound
   */
  static Servers start(
      Map<Transport, Address> named,
      Profile profile,
      List<CpuPlacement> placements,
      SocketConfig config,
      List<String> flags)
      throws IOException {
    CpuPlacement main = placements.getFirst();
    EchoServerProcess own =
        named.isEmpty()
            ? EchoServerProcess.start(LOOPBACK, config, flags, main.serverCpus())
            : null;
    try {
      EchoServerProcess floor =
          profile.scenarios().contains(ComparisonScenario.FLOOR) ? startFloor(main) : null;
      return new Servers(own == null ? named : own.addresses(), own, floor);
    } catch (IOException e) {
      if (own != null) {
        own.close();
      }
      throw e;
    }
  }

  /** Of a named server the place is not known; on one processor the floor is at its steadiest. */
  private static EchoServerProcess startFloor(CpuPlacement main) throws IOException {
    return EchoServerProcess.startBare(
        main.serverCpus().isEmpty() ? main.clientCpus() : main.serverCpus());
  }

  /** The process of our own servers, or null if the user named them. */
  @Nullable ProcessHandle process() {
    return own == null ? null : own.process();
  }

  /** Where the bare servers listen; none if the floor is not measured. */
  Map<Transport, Address> bare() {
    return floor == null ? Map.of() : floor.addresses();
  }

  @Override
  public void close() throws IOException {
    try (var _ = own;
        var _ = floor) {
      return; // Closing is all there is to do; what is null is passed over.
    }
  }
}
