package dev.sockbed.bench.compare;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.WaitStrategy;
import dev.sockbed.common.command.CpuOption;
import dev.sockbed.common.command.UsageException;
import dev.sockbed.common.linux.CpuAffinity;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * On which processors the two ends run.
 *
 * @param placement the name in cells, or null if the ends may run anywhere, or that of the server
 *     is not known
 * @param clientCpus the client's processor, or none if it may run on all
 * @param serverCpus the server's, or none if it may run on all or is not ours
 */
record CpuPlacement(
    @Nullable String placement, List<Integer> clientCpus, List<Integer> serverCpus) {
  /** Wherever the system puts them. */
  static final CpuPlacement ANYWHERE = new CpuPlacement(null, List.of(), List.of());

  /** Copies the lists, so that the placement stays as it is. */
  CpuPlacement {
    clientCpus = List.copyOf(clientCpus);
    serverCpus = List.copyOf(serverCpus);
  }

  /** Each end on the processor given; the same one or two. */
  static CpuPlacement of(int client, int server) {
    return new CpuPlacement(
        client == server ? Cell.ONE_CORE : Cell.TWO_CORES, List.of(client), List.of(server));
  }

  /**
   * The placements to compare with servers of our own. The server has the same processor in all of
   * them: it is the client that moves.
   *
   * @param cpus what the user asked for: client and server, or nothing
   * @return the one that everything is measured in first; at least one
   * @throws UsageException if a processor is not there, or not two were named
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if some were named and this system
   *     can't pin
   */
  static List<CpuPlacement> withOwnServer(List<Integer> cpus, SocketConfig socket) {
    if (!cpus.isEmpty()) {
      if (cpus.size() != 2) {
        throw new UsageException(
            "--cpus takes the client's processor and the server's, as in 0,1 or 0,0");
      }
      CpuOption.check(cpus);
      return List.of(of(cpus.getFirst(), cpus.getLast()));
    }
    if (!CpuAffinity.isAvailable()) {
      return List.of(ANYWHERE);
    }
    return chosen(CpuAffinity.allowed(), new Cores(Path.of("/sys/devices/system/cpu")), socket);
  }

  /** Both placements where there is room for both and each makes sense. */
  static List<CpuPlacement> chosen(SortedSet<Integer> allowed, Cores cores, SocketConfig socket) {
    int server = allowed.last();
    if (allowed.size() == 1) {
      return List.of(of(server, server));
    }
    int client = cores.another(server, allowed);
    // A thread that spins lets no other run on its core, and virtual threads can't be moved.
    boolean bothMakeSense =
        socket.waiting().equals(WaitStrategy.BLOCK) && socket.threads() == ThreadKind.PLATFORM;
    return bothMakeSense
        ? List.of(of(client, server), of(server, server))
        : List.of(of(client, server));
  }

  /**
   * The placement of a client whose server runs already.
   *
   * @param cpus what the user asked for: the client's processor, or nothing
   * @throws UsageException if a processor is not there, or one was named for the server
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if one was named and this system
   *     can't pin
   */
  static CpuPlacement withNamedServer(List<Integer> cpus) {
    if (cpus.size() > 1) {
      throw new UsageException(
          "--cpus takes the client's processor only when targets are named: their servers are"
              + " pinned where they were started (serve --cpus)");
    }
    CpuOption.check(cpus);
    return new CpuPlacement(null, cpus, List.of());
  }

  /** Whether in one of them both ends have one processor, and the same. */
  static boolean oneProcessor(List<CpuPlacement> placements) {
    return placements.stream()
        .anyMatch(place ->
            place.clientCpus().size() == 1 && place.clientCpus().equals(place.serverCpus()));
  }

  /** Keeps the calling thread, and what it starts, to the client's place until that is closed. */
  CpuAffinity.Pinned pinClient() {
    return CpuAffinity.pinned(clientCpus);
  }
}
