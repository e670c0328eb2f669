package dev.sockbed.client.testing;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.Transport;
import dev.sockbed.common.testing.FreePort;
import dev.sockbed.common.testing.Peer;
import java.util.ArrayList;
import java.util.List;

/** Programs of others that can serve as echo servers. */
public enum EchoProgram {
  /** Nmap's netcat. */
  NCAT {
    @Override
    List<String> command(Address address) {
      List<String> command = new ArrayList<>(List.of("ncat", "-v", "-l", "-k", "-e", "/bin/cat"));
      if (address.transport() == Transport.UDP) {
        command.add("-u");
      }
      command.addAll(List.of(address.host(), String.valueOf(address.port())));
      return command;
    }
  },
  /** The relay for everything. */
  SOCAT {
    @Override
    List<String> command(Address address) {
      boolean six = address.host().contains(":");
      String listen = address.transport() == Transport.TCP ? "TCP%s-LISTEN" : "UDP%s-RECVFROM";
      String options =
          ":%d,bind=%s,fork,reuseaddr"
              .formatted(address.port(), six ? "[" + address.host() + "]" : address.host());
      return List.of("socat", "-d", "-d", listen.formatted(six ? "6" : "4") + options, "PIPE");
    }
  },
  /** Python's socket module. */
  PYTHON {
    @Override
    List<String> command(Address address) {
      return List.of(
          "python3",
          "-u",
          "-c",
          address.transport() == Transport.TCP ? TCP_IN_PYTHON : UDP_IN_PYTHON,
          address.host(),
          String.valueOf(address.port()));
    }
  };

  private static final String TCP_IN_PYTHON =
      """
      import socket, sys, threading
      family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
      listener = socket.create_server((sys.argv[1], int(sys.argv[2])), family=family)
      print('listening on', sys.argv[2])
      def echo(peer):
          with peer:
              while data := peer.recv(128):
                  peer.sendall(data)
      while True:
          threading.Thread(target=echo, args=(listener.accept()[0],)).start()
      """;

  private static final String UDP_IN_PYTHON =
      """
      import socket, sys
      family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET
      server = socket.socket(family, socket.SOCK_DGRAM)
      server.bind((sys.argv[1], int(sys.argv[2])))
      print('listening on', sys.argv[2])
      while True:
          data, sender = server.recvfrom(128)
          server.sendto(data, sender)
      """;

  /** The command line that echoes at that address. */
  abstract List<String> command(Address address);

  /**
   * Starts the program at a free port of loopback and waits until it listens.
   *
   * @param peer the program
   * @param address where it listens
   */
  public record Running(Peer peer, Address address) implements AutoCloseable {
    @Override
    public void close() {
      peer.close();
    }
  }

  /** Starts it at a free port of loopback, and waits until it listens. */
  public Running start(Transport transport, AddressFamily family) {
    String host = family == AddressFamily.INET ? "127.0.0.1" : "::1";
    Address address = new Address(transport, host, FreePort.at(host));
    Peer peer = Peer.start(command(address).toArray(String[]::new));
    peer.awaitOutput("ing on "); // Listening, or socat's "receiving".
    return new Running(peer, address);
  }
}
