package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import java.util.List;
import java.util.stream.Stream;

/** All the cases there are. */
public final class Catalogue {
  private final List<Case<TcpServerScene>> tcpServers;
  private final List<Case<UdpServerScene>> udpServers;

  /** The cases that test the sentences of that document. */
  public Catalogue(Protocol protocol) {
    tcpServers = TcpServerCases.of(protocol);
    udpServers = UdpServerCases.of(protocol);
  }

  /** For servers, over TCP. */
  public List<Case<TcpServerScene>> tcpServers() {
    return tcpServers;
  }

  /** For servers, over UDP. */
  public List<Case<UdpServerScene>> udpServers() {
    return udpServers;
  }

  /** All of them. */
  public Stream<Case<?>> all() {
    return Stream.of(tcpServers, udpServers).flatMap(List::stream);
  }
}
