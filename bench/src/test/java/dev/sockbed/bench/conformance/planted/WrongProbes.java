package dev.sockbed.bench.conformance.planted;

import dev.sockbed.bench.conformance.cases.InProcess.Client;
import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Measuring clients, each wrong in its own way, over either transport; and one that is right. */
final class WrongProbes {
  private static final int MESSAGES = 20;
  private static final int BYTES = 64;
  private static final int LONG_BYTES = 8_000;
  private static final int HEADER_BYTES = 16;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private WrongProbes() {}

  static List<Planted<IntFunction<byte[]>>> all(Transport transport) {
    return List.of(
        switch (transport) {
          case TCP -> new Planted<>("has no number", "probe/1.1", _ -> numberless());
          case UDP -> new Planted<>("has no whole header", "probe/1.1", _ -> new byte[Long.BYTES]);
        },
        new Planted<>(
            "sends its number with the lowest byte first", "probe/1.1", WrongProbes::reversed),
        new Planted<>("counts to one", "probe/1.2", i -> message(Math.min(i, 1), i)),
        new Planted<>("has a clock that goes back", "probe/1.3", i -> message(i, MESSAGES - i)),
        new Planted<>("has a clock that stands still", "probe/1.3", i -> message(i, 7)),
        new Planted<>("fills with zeros", "probe/1.4", i -> unfilled(i, i).array()));
  }

  /** Long, since a short stream may be a single message. */
  private static byte[] numberless() {
    byte[] message = new byte[LONG_BYTES];
    Arrays.fill(message, (byte) 'x');
    return message;
  }

  private static byte[] reversed(int i) {
    byte[] message = right(i);
    ByteBuffer.wrap(message).putLong(Long.reverseBytes(i));
    return message;
  }

  /** What a server sends back that takes probe messages, after their number, for its own. */
  static byte[] stamped(byte[] received) {
    byte[] stamped = received.clone();
    boolean numbered = received.length >= HEADER_BYTES && ByteBuffer.wrap(received).getInt() == 0;
    if (numbered) {
      ByteBuffer.wrap(stamped).putLong(Long.BYTES, -1);
    }
    return stamped;
  }

  /** A right message. */
  static byte[] right(int i) {
    return message(i, 1_000L * i);
  }

  private static ByteBuffer unfilled(long sequence, long timeNs) {
    return ByteBuffer.allocate(BYTES).putLong(sequence).putLong(timeNs);
  }

  private static byte[] message(long sequence, long timeNs) {
    byte[] message = unfilled(sequence, timeNs).array();
    for (int at = HEADER_BYTES; at < message.length; at++) {
      message[at] = (byte) (((at + sequence % 256 + 1) * GOLDEN_RATIO) >>> 56);
    }
    return message;
  }

  /** A client that sends such messages, one after the other, and waits for each echo. */
  static Client sending(IntFunction<byte[]> messages) {
    return server ->
        switch (server.transport()) {
          case TCP -> overTcp(server, messages);
          case UDP -> overUdp(server, messages);
        };
  }

  private static int overTcp(Address server, IntFunction<byte[]> messages) throws IOException {
    try (Socket socket = WrongTcpClients.connect(server)) {
      for (int i = 0; i < MESSAGES; i++) {
        byte[] message = messages.apply(i);
        socket.getOutputStream().write(message);
        socket.getInputStream().readNBytes(message.length);
      }
      return 0;
    }
  }

  private static int overUdp(Address server, IntFunction<byte[]> messages) throws IOException {
    InetSocketAddress to = new InetSocketAddress(server.host(), server.port());
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(2_000);
      for (int i = 0; i < MESSAGES; i++) {
        byte[] message = messages.apply(i);
        socket.send(new DatagramPacket(message, message.length, to));
        socket.receive(new DatagramPacket(new byte[BYTES], BYTES));
      }
      return 0;
    }
  }
}
