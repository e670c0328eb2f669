package dev.sockbed.server.command;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.ServerCounters;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Several servers that run as one: either all of them listen, or none. */
final class Listeners implements Closeable {
  /** With a port that the system picked for the first, another may find it taken. */
  private static final int PICKS = 16;

  /** How to open one. */
  interface Opener {
    /** Opens a server that listens there. */
    EchoServer open(Address local) throws SocketFailure;
  }

  private final List<EchoServer> servers;

  private Listeners(List<EchoServer> servers) {
    this.servers = servers;
  }

  /**
   * Opens a server on each address. If their port is 0, one port is picked for all.
   *
   * @param locals where to listen, all on the same port
   * @throws SocketFailure that of the first that can't listen; the others are closed again
   */
  static Listeners open(List<Address> locals, Opener opener) throws SocketFailure {
    boolean picksPort = locals.getFirst().port() == 0;
    for (int pick = 1; ; pick++) {
      try {
        return openOnce(locals, opener);
      } catch (SocketFailure e) {
        if (!picksPort || e.error() != SocketError.ADDRESS_IN_USE || pick == PICKS) {
          throw e;
        }
      }
    }
  }

  private static Listeners openOnce(List<Address> locals, Opener opener) throws SocketFailure {
    List<EchoServer> servers = new ArrayList<>();
    try {
      for (Address local : locals) {
        int port = servers.isEmpty() ? local.port() : servers.getFirst().address().port();
        servers.add(opener.open(new Address(local.transport(), local.host(), port)));
      }
      return new Listeners(servers);
    } catch (SocketFailure | RuntimeException e) {
      new Listeners(servers).close();
      throw e;
    }
  }

  /** Where each listens. */
  List<Address> addresses() {
    return servers.stream().map(EchoServer::address).toList();
  }

  /** What all the servers of one transport did together. */
  ServerCounters counters(Transport transport) {
    return servers.stream()
        .filter(server -> server.address().transport() == transport)
        .map(EchoServer::counters)
        .reduce(ServerCounters.NONE, ServerCounters::plus);
  }

  /**
   * Stops all of them at the same time, so that the bound of one is the bound of all: by platform
   * threads, which busy virtual threads of the servers can't keep from running.
   */
  @Override
  public void close() {
    try (ExecutorService stops = Executors.newCachedThreadPool()) {
      servers.forEach(server -> stops.execute(server::close));
    }
  }
}
