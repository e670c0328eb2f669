package dev.sockbed.client.testing;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A UDP server on loopback, made of a plain JDK socket, that treats each datagram as the test says.
 *
 * @see TcpTestServer
 */
public final class UdpTestServer implements AutoCloseable {
  /** What is done with a datagram. */
  @FunctionalInterface
  public interface Treatment {
    /**
     * Treats one datagram.
     *
     * @param number how many came before it
     */
    void treat(int number, byte[] datagram, Reply reply) throws IOException;
  }

  /** Sends a datagram to whoever sent the one that is treated. */
  @FunctionalInterface
  public interface Reply {
    /** Sends it. */
    void send(byte... datagram) throws IOException;
  }

  /** Sends each datagram back. */
  public static final Treatment ECHO = (number, datagram, reply) -> reply.send(datagram);

  /** Hears and says nothing. */
  public static final Treatment SILENCE = (number, datagram, reply) -> {};

  private final DatagramSocket socket;
  private final AtomicInteger received = new AtomicInteger();

  private UdpTestServer(DatagramSocket socket) {
    this.socket = socket;
  }

  /** Listens on 127.0.0.1, at any free port. */
  public static UdpTestServer open(Treatment treatment) {
    return open("127.0.0.1", treatment);
  }

  /**
   * Listens at any free port.
   *
   * @param host a numeric loopback address
   */
  public static UdpTestServer open(String host, Treatment treatment) {
    try {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(host));
      UdpTestServer server = new UdpTestServer(socket);
      Thread.ofVirtual().name("test-datagrams").start(() -> server.serve(treatment));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public Address address() {
    return Address.of(Transport.UDP, (InetSocketAddress) socket.getLocalSocketAddress());
  }

  /** How many datagrams came. */
  public int received() {
    return received.get();
  }

  private void serve(Treatment treatment) {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      while (true) {
        packet.setLength(65_535);
        socket.receive(packet);
        SocketAddress sender = packet.getSocketAddress();
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        treatment.treat(
            received.getAndIncrement(),
            datagram,
            reply -> socket.send(new DatagramPacket(reply, reply.length, sender)));
      }
    } catch (SocketException closed) {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
