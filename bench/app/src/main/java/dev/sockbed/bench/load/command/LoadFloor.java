package dev.sockbed.bench.load.command;

import dev.sockbed.bench.bare.Floor;
import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.serve.EchoServerProcess;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The floor beside a load's trials, by which {@code diff} tells what the machine lost: round trips
 * on bare channels over either transport. Its servers are a process of their own, as those are that
 * load is measured against. Not for use by several threads at once.
 */
final class LoadFloor implements AutoCloseable {
  private static final int SIZE_BYTES = 128;
  private static final Duration DURATION = Duration.ofMillis(100);

  private final List<Integer> cpus;
  private final EchoServerProcess servers;
  private boolean warm;

  private LoadFloor(List<Integer> cpus, EchoServerProcess servers) {
    this.cpus = cpus;
    this.servers = servers;
  }

  /**
   * Starts the servers.
   *
   * @param cpus the processors that the servers are kept to, as the calling thread is; or none
   * @throws SocketFailure if they do not listen within a bound
   */
  static LoadFloor start(List<Integer> cpus) throws IOException {
    return new LoadFloor(cpus, EchoServerProcess.startBare(cpus));
  }

  /**
   * Measures over either transport, in the calling thread; the first time after a warm-up, which is
   * thrown away.
   *
   * @param trial which repetition, from 1
   * @param cancelled whether to end before the time is up
   * @throws SocketFailure if the servers are gone
   */
  List<Cell> measure(int trial, BooleanSupplier cancelled) throws SocketFailure {
    String placement = cpus.size() == 1 ? Cell.ONE_CORE : null;
    List<Cell> cells = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      Address server = Objects.requireNonNull(servers.addresses().get(transport));
      Floor floor = new Floor(transport, SIZE_BYTES, List.of(), server.resolve().getFirst());
      if (!warm) {
        floor.measure(DURATION, placement, trial, cancelled);
      }
      cells.add(floor.measure(DURATION, placement, trial, cancelled));
    }
    warm = true;
    return cells;
  }

  @Override
  public void close() throws IOException {
    servers.close();
  }
}
