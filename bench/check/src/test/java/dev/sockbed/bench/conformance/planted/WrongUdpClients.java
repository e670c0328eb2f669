package dev.sockbed.bench.conformance.planted;

import dev.sockbed.bench.conformance.cases.InProcess.Client;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Echo clients over UDP, each wrong in its own way. */
final class WrongUdpClients {
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int LONGEST = 128;

  private WrongUdpClients() {}

  static List<Planted<Client>> all() {
    return List.of(
        talking("sends nothing", "echo/udp/4.1", (_, _) -> 1),
        talking(
            "ends with status 1 whatever comes",
            "echo/udp/4.2",
            (socket, server) -> {
              exchange(socket, server, LONGEST);
              return 1;
            }),
        talking(
            "does not compare",
            "echo/udp/4.3",
            (socket, server) -> {
              exchange(socket, server, LONGEST);
              return 0;
            }),
        talking(
            "compares as much as came",
            "echo/udp/4.3",
            (socket, server) -> {
              byte[] echo = exchange(socket, server, LONGEST);
              return Arrays.equals(echo, Arrays.copyOf(message(LONGEST), echo.length)) ? 0 : 1;
            }),
        talking(
            "compares the first datagram only",
            "echo/udp/4.3",
            (socket, server) -> {
              int first = right(exchange(socket, server, LONGEST), LONGEST);
              exchange(socket, server, 5);
              exchange(socket, server, 6);
              return first;
            }),
        talking(
            "does not compare the last datagram",
            "echo/udp/4.3",
            (socket, server) -> {
              int first = right(exchange(socket, server, LONGEST), LONGEST);
              int second = right(exchange(socket, server, 5), 5);
              exchange(socket, server, 6);
              return first + second;
            }),
        talking(
            "takes upper for lower case",
            "echo/udp/4.3",
            (socket, server) -> {
              String echo = new String(exchange(socket, server, 'x'), StandardCharsets.US_ASCII);
              return echo.equalsIgnoreCase("x".repeat('x')) ? 0 : 1;
            }),
        talking(
            "waits for ever",
            "echo/udp/4.4",
            (socket, server) -> {
              socket.setSoTimeout(0);
              return right(exchange(socket, server, LONGEST), LONGEST);
            }),
        talking(
            "does not wait for the echo",
            "echo/udp/4.5",
            (socket, server) -> {
              send(socket, server, LONGEST);
              return 0;
            }),
        talking(
            "takes an echo from anybody",
            "echo/udp/4.6",
            (socket, server) -> right(exchange(socket, server, LONGEST), LONGEST)),
        talking(
            "answers what it receives",
            "echo/udp/4.7",
            (socket, server) -> {
              send(socket, server, LONGEST);
              while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
                socket.receive(packet);
                socket.send(packet);
              }
            }),
        talking(
            "takes a doubled echo for the next one's",
            "echo/udp/4.8",
            (socket, server) -> {
              int first = right(exchange(socket, server, LONGEST), LONGEST);
              return first + right(exchange(socket, server, 5), 5);
            }),
        talking(
            "sends short messages only",
            "echo/udp/4.9",
            (socket, server) -> right(exchange(socket, server, 5), 5)));
  }

  private static byte[] message(int length) {
    byte[] message = new byte[length];
    Arrays.fill(message, (byte) length);
    return message;
  }

  private static int right(byte[] echo, int length) {
    return Arrays.equals(echo, message(length)) ? 0 : 1;
  }

  private static void send(DatagramSocket socket, SocketAddress server, int length)
      throws IOException {
    socket.send(new DatagramPacket(message(length), length, server));
  }

  private static byte[] exchange(DatagramSocket socket, SocketAddress server, int length)
      throws IOException {
    send(socket, server, length);
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static Planted<Client> talking(String fault, String rule, Talk talk) {
    return new Planted<>(
        fault,
        rule,
        server -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return talk.over(socket, new InetSocketAddress(server.host(), server.port()));
          }
        });
  }

  /** What a client does with its socket. */
  @FunctionalInterface
  private interface Talk {
    int over(DatagramSocket socket, SocketAddress server) throws IOException;
  }
}
