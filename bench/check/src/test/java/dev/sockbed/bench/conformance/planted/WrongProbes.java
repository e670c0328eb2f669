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
import java.util.concurrent.TimeUnit;
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
        new Planted<>(
            "counts to one", "probe/1.2", i -> message(Math.min(i, 1), System.nanoTime())),
        new Planted<>("has a clock that goes back", "probe/1.3", i -> message(i, MESSAGES - i)),
        new Planted<>("has a clock that stands still", "probe/1.3", i -> message(i, 7)),
        new Planted<>(
            "counts milliseconds",
            "probe/1.3",
            i -> message(i, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))),
        new Planted<>(
            "counts microseconds",
            "probe/1.3",
            i -> message(i, TimeUnit.NANOSECONDS.toMicros(System.nanoTime()))),
        new Planted<>(
            "fills with zeros", "probe/1.4", i -> unfilled(i, System.nanoTime()).array()));
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
    return message(i, System.nanoTime());
  }

  /** Right messages of several lengths, by numbers that others use in between. */
  static byte[] rightOfManyLengths(int i) {
    return Arrays.copyOf(message(7L * i, System.nanoTime(), 300), 16 + i * 37 % 250);
  }

  /** Right messages by a clock that goes in steps of 16 ms. */
  static byte[] rightByACoarseClock(int i) {
    return message(i, System.nanoTime() / 16_000_000 * 16_000_000);
  }

  private static ByteBuffer unfilled(long sequence, long timeNs) {
    return ByteBuffer.allocate(BYTES).putLong(sequence).putLong(timeNs);
  }

  private static byte[] message(long sequence, long timeNs) {
    return message(sequence, timeNs, BYTES);
  }

  private static byte[] message(long sequence, long timeNs, int bytes) {
    byte[] message = Arrays.copyOf(unfilled(sequence, timeNs).array(), bytes);
    for (int at = HEADER_BYTES; at < message.length; at++) {
      message[at] = (byte) (((at + sequence % 256 + 1) * GOLDEN_RATIO) >>> 56);
    }
    return message;
  }

  /** A client that sends such messages, one after the other, and waits for each echo. */
  static Client sending(IntFunction<byte[]> messages) {
    return sending(messages, MESSAGES);
  }

  /** The same with so many messages. */
  static Client sending(IntFunction<byte[]> messages, int count) {
    return server ->
        switch (server.transport()) {
          case TCP -> overTcp(server, messages, count);
          case UDP -> overUdp(server, messages, count);
        };
  }

  private static int overTcp(Address server, IntFunction<byte[]> messages, int count)
      throws IOException {
    try (Socket socket = WrongTcpClients.connect(server)) {
      for (int i = 0; i < count; i++) {
        byte[] message = messages.apply(i);
        socket.getOutputStream().write(message);
        socket.getInputStream().readNBytes(message.length);
      }
      return 0;
    }
  }

  private static int overUdp(Address server, IntFunction<byte[]> messages, int count)
      throws IOException {
    InetSocketAddress to = new InetSocketAddress(server.host(), server.port());
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(2_000);
      for (int i = 0; i < count; i++) {
        byte[] message = messages.apply(i);
        socket.send(new DatagramPacket(message, message.length, to));
        socket.receive(new DatagramPacket(new byte[BYTES], BYTES));
      }
      return 0;
    }
  }
}
