package dev.sockbed.server;

import dev.sockbed.common.Address;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** A caller over UDP. */
record UdpCaller(DatagramSocket socket, InetSocketAddress server) implements Caller {
  private static final int LONGEST = 65_507;

  static UdpCaller of(Address server) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new UdpCaller(socket, new InetSocketAddress(server.host(), server.port()));
  }

  @Override
  public void send(byte[] message) throws IOException {
    socket.send(new DatagramPacket(message, message.length, server));
  }

  /** One datagram, of whatever length it has. */
  @Override
  public byte[] receive(int length) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Override
  public void close() {
    socket.close();
  }
}
