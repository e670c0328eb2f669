package dev.sockbed.common.socket;

import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Both ends of a conversation, in this process. */
record Ends(BlockingSocket near, BlockingSocket far) implements AutoCloseable {

  static Ends overTcp(AddressFamily family, TcpConfig config) throws Exception {
    try (TcpListener listener = TcpListener.open(family, config)) {
      listener.bind(anyPort(family));
      listener.listen(1);
      TcpSocket near = TcpSocket.open(family, config);
      near.connect(listener.localAddress());
      return new Ends(near, listener.accept());
    }
  }

  static Ends overUdp(AddressFamily family, UdpConfig config) throws Exception {
    UdpSocket near = UdpSocket.open(family, config);
    UdpSocket far = UdpSocket.open(family, config);
    near.bind(anyPort(family));
    far.bind(anyPort(family));
    near.connect(far.localAddress());
    far.connect(near.localAddress());
    return new Ends(near, far);
  }

  /** Loopback, and whatever port is free. */
  static InetSocketAddress anyPort(AddressFamily family) {
    return at(family == AddressFamily.INET ? "127.0.0.1" : "::1", 0);
  }

  static InetSocketAddress at(String numericHost, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(numericHost), port);
  }

  TcpSocket nearTcp() {
    return (TcpSocket) near;
  }

  TcpSocket farTcp() {
    return (TcpSocket) far;
  }

  UdpSocket nearUdp() {
    return (UdpSocket) near;
  }

  /** That many bytes, which differ from their neighbours. */
  static ByteBuffer message(int length) {
    ByteBuffer message = ByteBuffer.allocateDirect(length);
    for (int i = 0; i < length; i++) {
      message.put((byte) (i * 31 + length));
    }
    return message.flip();
  }

  /** Receives exactly that many bytes, in as many receives as it takes. */
  static ByteBuffer receiveAll(BlockingSocket socket, int length) throws Exception {
    ByteBuffer received = ByteBuffer.allocateDirect(length);
    while (received.hasRemaining()) {
      if (socket.receive(received, Math.min(128, received.remaining())) < 0) {
        throw new AssertionError("the stream ended after " + received.position());
      }
    }
    return received.flip();
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
