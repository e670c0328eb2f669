package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.client.device.BoardProfile;
import java.util.List;
import java.util.stream.Stream;

/** All the cases there are. */
public final class Catalogue {
  private final Protocol protocol;
  private final List<Case<TcpServerScene>> tcpServers;
  private final List<Case<UdpServerScene>> udpServers;
  private final List<Case<TcpClientScene>> tcpClients;
  private final List<Case<UdpClientScene>> udpClients;

  /** The cases that test the sentences of that document. */
  public Catalogue(Protocol protocol) {
    this.protocol = protocol;
    tcpServers = TcpServerCases.of(protocol);
    udpServers = UdpServerCases.of(protocol);
    tcpClients =
        joined(
            TcpClientCases.of(protocol), TcpDeviceCases.of(protocol), TcpProbeCases.of(protocol));
    udpClients =
        joined(
            UdpClientCases.of(protocol), UdpDeviceCases.of(protocol), UdpProbeCases.of(protocol));
  }

  /** For servers, over TCP. */
  public List<Case<TcpServerScene>> tcpServers() {
    return tcpServers;
  }

  /** For servers, over UDP. */
  public List<Case<UdpServerScene>> udpServers() {
    return udpServers;
  }

  /** For clients of each profile, over TCP. */
  public List<Case<TcpClientScene>> tcpClients() {
    return tcpClients;
  }

  /** For clients of each profile, over UDP. */
  public List<Case<UdpClientScene>> udpClients() {
    return udpClients;
  }

  /** For servers that boards with these habits call, over TCP; not among {@link #all}. */
  public List<Case<TcpServerScene>> tcpBoards(BoardProfile profile) {
    return TcpBoardCases.of(protocol, profile);
  }

  /** For servers that boards with these habits call, over UDP; not among {@link #all}. */
  public List<Case<UdpServerScene>> udpBoards(BoardProfile profile) {
    return UdpBoardCases.of(protocol, profile);
  }

  private static <C> List<C> joined(List<C> echo, List<C> device, List<C> probe) {
    return Stream.of(echo, device, probe).flatMap(List::stream).toList();
  }

  /** All of them, but for those in which the checker is a board of some profile. */
  public Stream<Case<?>> all() {
    return Stream.of(tcpServers, udpServers, tcpClients, udpClients).flatMap(List::stream);
  }
}
