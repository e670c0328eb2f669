package dev.sockbed.bench.garbage;

import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import dev.sockbed.server.EchoServer;
import java.nio.ByteBuffer;

/** Messages that go out a window at a time, and are all awaited before the next. */
final class WindowedMessages implements TrafficPattern.Messages {
  private static final int WINDOW = 250;

  private final BlockingSocket socket;
  private final ByteBuffer request;
  private final ByteBuffer reply;

  WindowedMessages(EchoServer server, SocketConfig config) throws SocketFailure {
    socket =
        switch (config) {
          case TcpConfig tcp -> TcpSocket.connected(server.address(), tcp);
          case UdpConfig udp -> UdpSocket.connected(server.address(), udp);
        };
    request = ByteBuffer.allocateDirect(config.receiveLimit());
    reply = ByteBuffer.allocateDirect(config.receiveLimit());
  }

  @Override
  public void run(int count) throws SocketFailure {
    for (int begin = 0; begin < count; begin += WINDOW) {
      int window = Math.min(WINDOW, count - begin);
      for (int i = 0; i < window; i++) {
        request.clear();
        while (!socket.enqueue(request)) {
          socket.flush();
        }
      }
      socket.flush();
      for (long missing = (long) window * request.capacity(); missing > 0; ) {
        int received = socket.receive(reply.clear(), reply.capacity());
        if (received == BlockingSocket.END_OF_STREAM) {
          throw new IllegalStateException("the server closed");
        }
        missing -= received;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
