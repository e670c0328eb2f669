package dev.sockbed.bench.load;

import static org.awaitility.Awaitility.await;

import dev.sockbed.common.Address;
import dev.sockbed.common.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A UDP server that does with each datagram what a rule says. */
public final class UdpTestPeer implements TestPeer {
  /** What is done with a datagram. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Answers one datagram, or not.
     *
     * @param number which one it is, from 1
     * @param reply sends one to whom it came from; may be called at any time
     */
    void answer(long number, byte[] datagram, Consumer<byte[]> reply);
  }

  public static final Rule ECHO = (number, datagram, reply) -> reply.accept(datagram);

  private final Rule rule;
  private final int port;
  private volatile @Nullable DatagramSocket socket;
  private final AtomicLong received = new AtomicLong();
  private volatile boolean receiving;

  private UdpTestPeer(Rule rule) {
    this.rule = rule;
    this.port = LowPort.listen(this::listen);
  }

  public static UdpTestPeer start(Rule rule) {
    return new UdpTestPeer(rule);
  }

  public static Rule stalling(BooleanSupplier stalls) {
    return (number, datagram, reply) -> {
      while (stalls.getAsBoolean()) {
        LockSupport.parkNanos(1_000_000);
      }
      reply.accept(datagram);
    };
  }

  @Override
  public Address address() {
    return new Address(Transport.UDP, "127.0.0.1", port);
  }

  @Override
  public long served() {
    return received.get();
  }

  @Override
  public void restart() {
    listen(port);
  }

  private int listen(int at) {
    try {
      DatagramSocket bound = new DatagramSocket(at, InetAddress.getLoopbackAddress());
      bound.setReceiveBufferSize(4 << 20);
      socket = bound;
      Thread.ofPlatform().daemon().start(() -> serve(bound));
      return bound.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(DatagramSocket bound) {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        packet.setLength(packet.getData().length);
        receive(bound, packet);
        SocketAddress from = packet.getSocketAddress();
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        rule.answer(received.incrementAndGet(), datagram, bytes -> send(bound, bytes, from));
      }
    } catch (SocketException closed) {
      // The end of it.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(DatagramSocket bound, DatagramPacket packet) throws IOException {
    receiving = true;
    try {
      bound.receive(packet);
    } finally {
      receiving = false;
    }
  }

  private static void send(DatagramSocket bound, byte[] bytes, SocketAddress to) {
    try {
      bound.send(new DatagramPacket(bytes, bytes.length, to));
    } catch (SocketException closed) {
      // A delayed reply of a peer that was stopped.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (socket != null) {
      socket.close();
      // A thread in recvfrom(2) keeps a closed socket's port until it has woken.
      await().until(() -> !receiving);
    }
  }
}
