package dev.sockbed.bench.conformance.planted;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Receives datagrams and lets a wrong program answer each. */
final class UdpFixture implements AutoCloseable {
  private final DatagramSocket socket;
  private final Address address;

  /** What is done about one datagram. */
  @FunctionalInterface
  interface Service {
    void serve(DatagramSocket socket, DatagramPacket packet) throws IOException;
  }

  private UdpFixture(int limit, Service service) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = Address.of(Transport.UDP, (InetSocketAddress) socket.getLocalSocketAddress());
    Thread.ofPlatform().daemon().start(() -> receiveAll(limit, service));
  }

  static UdpFixture open(int limit, Service service) {
    try {
      return new UdpFixture(limit, service);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Address address() {
    return address;
  }

  private void receiveAll(int limit, Service service) {
    byte[] buffer = new byte[limit];
    try {
      while (!socket.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, limit);
        socket.receive(packet);
        service.serve(socket, packet);
      }
    } catch (IOException closed) {
      socket.close();
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
