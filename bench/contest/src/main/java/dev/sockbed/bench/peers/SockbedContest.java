package dev.sockbed.bench.peers;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.server.EchoServer;
import dev.sockbed.server.TcpEchoLoop;
import dev.sockbed.server.TcpEchoServer;
import dev.sockbed.server.TcpEchoServerConfig;
import dev.sockbed.server.UdpEchoServer;
import dev.sockbed.server.UdpEchoServerConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Ours. */
final class SockbedContest extends BlockingContest<BlockingSocket> {
  private final EchoServer server;
  private final List<BlockingSocket> sockets = new ArrayList<>();
  private final ByteBuffer message;
  private final ByteBuffer reply;

  SockbedContest(Setting setting, boolean loop) throws SocketFailure {
    super(setting);
    message = ByteBuffer.allocateDirect(setting.payload());
    reply = ByteBuffer.allocateDirect(setting.payload());
    TcpConfig tcp =
        TcpConfig.DEFAULT
            .withReceiveLimit(setting.payload())
            .withWaiting(setting.waiting())
            .withIo(setting.io());
    UdpConfig udp =
        UdpConfig.DEFAULT
            .withReceiveLimit(setting.payload())
            .withWaiting(setting.waiting())
            .withIo(setting.io());
    Address local = new Address(setting.transport(), "127.0.0.1", 0);
    TcpEchoServerConfig tcpServer = TcpEchoServerConfig.DEFAULT.withSocket(tcp);
    if (loop) {
      server = TcpEchoLoop.open(local, tcpServer);
    } else if (setting.transport() == Transport.TCP) {
      server = TcpEchoServer.open(local, tcpServer);
    } else {
      server = UdpEchoServer.open(local, UdpEchoServerConfig.DEFAULT.withSocket(udp));
    }
    for (int i = 0; i < setting.connections(); i++) {
      sockets.add(
          setting.transport() == Transport.TCP
              ? TcpSocket.connected(server.address(), tcp)
              : UdpSocket.connected(server.address(), udp));
    }
  }

  @Override
  List<BlockingSocket> connections() {
    return sockets;
  }

  @Override
  void send(BlockingSocket socket) throws SocketFailure {
    message.clear();
    while (!socket.enqueue(message)) {
      socket.flush();
    }
  }

  @Override
  void flush(BlockingSocket socket) throws SocketFailure {
    socket.flush();
  }

  @Override
  int receive(BlockingSocket socket) throws SocketFailure {
    return socket.receive(reply.clear(), reply.capacity());
  }

  @Override
  public void close() {
    sockets.forEach(BlockingSocket::close);
    server.close();
  }
}
