package dev.sockbed.bench.diff;

import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.linux.CpuAffinity;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import dev.sockbed.common.socket.UdpSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An echo server over both transports that keeps the processor busy for a while before each echo:
 * the same server, a known bit slower. A program of its own: its arguments are a port, a processor,
 * and the nanoseconds to waste for each message over TCP and over UDP; it prints a line when it
 * listens, and ends when its input does.
 */
final class SlowedEchoServer {
  private static final int LIMIT = 128;

  private SlowedEchoServer() {}

  /** Serves. */
  public static void main(String[] arguments) throws IOException {
    Address address = Address.parse("tcp://127.0.0.1:" + arguments[0]);
    InetSocketAddress local = address.resolve().getFirst();
    long tcpNanos = Long.parseLong(arguments[2]);
    long udpNanos = Long.parseLong(arguments[3]);
    try (var _ = CpuAffinity.pinned(List.of(Integer.valueOf(arguments[1])))) {
      TcpListener listener = TcpListener.open(AddressFamily.INET, TcpConfig.DEFAULT);
      listener.bind(local);
      listener.listen(16);
      UdpSocket socket = UdpSocket.open(AddressFamily.INET, UdpConfig.DEFAULT);
      socket.bind(local);
      start(() -> accept(listener, tcpNanos));
      start(() -> echoDatagrams(socket, udpNanos));
    }
    System.out.println("listening");
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static void accept(TcpListener listener, long nanos) throws SocketFailure {
    while (true) {
      TcpSocket connection = listener.accept();
      start(() -> echoStream(connection, nanos));
    }
  }

  private static void echoStream(TcpSocket connection, long nanos) throws SocketFailure {
    try (connection) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(LIMIT);
      while (connection.receive(bytes.clear(), LIMIT) != BlockingSocket.END_OF_STREAM) {
        waste(nanos);
        connection.send(bytes.flip());
      }
    }
  }

  private static void echoDatagrams(UdpSocket socket, long nanos) throws SocketFailure {
    ByteBuffer datagram = ByteBuffer.allocateDirect(LIMIT);
    while (true) {
      socket.receiveFrom(datagram.clear(), LIMIT);
      waste(nanos);
      socket.sendTo(datagram.flip(), socket.sender());
    }
  }

  /** Without a word to the processor that it may rest: the time is to be used up. */
  private static void waste(long nanos) {
    if (nanos > 0) {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < nanos) {}
    }
  }

  /** Work that ends with a socket. */
  private interface Work {
    void run() throws SocketFailure;
  }

  private static void start(Work work) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            work.run();
          } catch (SocketFailure e) {
            if (e.error() != SocketError.CLOSED && e.error() != SocketError.RESET) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
