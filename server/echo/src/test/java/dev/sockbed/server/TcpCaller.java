package dev.sockbed.server;

import dev.sockbed.common.Address;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A caller over TCP. */
record TcpCaller(Socket socket) implements Caller {
  static TcpCaller of(Address server) throws IOException {
    return connect(new Socket(), server);
  }

  /** One with a receive buffer so small that it is soon full. */
  static TcpCaller withSmallBuffer(Address server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    return connect(socket, server);
  }

  private static TcpCaller connect(Socket socket, Address server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(server.host(), server.port()), TIMEOUT_MILLIS);
    return new TcpCaller(socket);
  }

  @Override
  public void send(byte[] message) throws IOException {
    socket.getOutputStream().write(message);
  }

  @Override
  public byte[] receive(int length) throws IOException {
    return socket.getInputStream().readNBytes(length);
  }

  /** Everything up to the end of the stream. */
  byte[] receiveAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  /** Says that it sends no more: FIN. */
  void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection off: RST. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
