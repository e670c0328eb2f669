package dev.sockbed.server.assistant;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.TcpSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that this end made; its one peer is the server. */
final class TcpClientSession implements Session {
  private final String local;
  private final TcpPeer server;

  private TcpClientSession(TcpSocket socket, TcpPeer server) {
    this.local = Address.of(Transport.TCP, socket.localAddress()).toString();
    this.server = server;
  }

  /**
   * Connects.
   *
   * @param whenEnded what to do when the connection has ended, whoever ended it
   */
  static TcpClientSession open(
      Address remote, TcpConfig config, Journal journal, AutoReply autoReply, Runnable whenEnded)
      throws SocketFailure {
    TcpSocket socket = TcpSocket.connected(remote, config);
    TcpPeer server =
        new TcpPeer(socket, config.receiveLimit(), journal, autoReply, _ -> whenEnded.run());
    return new TcpClientSession(socket, server);
  }

  /**
   * Begins to receive.
   *
   * @throws OutOfMemoryError as {@link TcpPeer#start}
   */
  void start() {
    server.start("");
  }

  @Override
  public List<String> localAddresses() {
    return List.of(local);
  }

  @Override
  public List<Peer> peers() {
    return isOpen() ? List.of(server) : List.of();
  }

  @Override
  public @Nullable Peer peer(int number) {
    return isOpen() && server.number() == number ? server : null;
  }

  @Override
  public boolean isOpen() {
    return server.state() != PeerState.GONE;
  }

  @Override
  public void close() {
    server.end(Parting.SOON, Session.CLOSED_WITH_IT);
    Goodbyes.await(List.of(server), List.of());
  }
}
