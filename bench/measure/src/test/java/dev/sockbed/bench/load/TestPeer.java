package dev.sockbed.bench.load;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * A server on loopback that tests control: it echoes, but for what the test has it do. It may be
 * stopped and started again on the same port.
 */
public interface TestPeer extends AutoCloseable {
  /** An echo server that runs. */
  static TestPeer echo(Transport transport) {
    return switch (transport) {
      case TCP -> TcpTestPeer.start(TcpTestPeer.ECHO);
      case UDP -> UdpTestPeer.start(UdpTestPeer.ECHO);
    };
  }

  /** An echo server that stands still before an echo for as long as {@code stalls} says so. */
  static TestPeer stalling(Transport transport, BooleanSupplier stalls) {
    return switch (transport) {
      case TCP -> TcpTestPeer.start(TcpTestPeer.stalling(stalls));
      case UDP -> UdpTestPeer.start(UdpTestPeer.stalling(stalls));
    };
  }

  /** A server that takes everything and never answers. */
  static TestPeer silent(Transport transport) {
    return switch (transport) {
      case TCP -> TcpTestPeer.start((in, out) -> in.transferTo(OutputStream.nullOutputStream()));
      case UDP -> UdpTestPeer.start((number, datagram, reply) -> {});
    };
  }

  /** The same configuration with another receive limit. */
  static SocketConfig withReceiveLimit(SocketConfig config, int bytes) {
    return switch (config) {
      case TcpConfig tcp -> tcp.withReceiveLimit(bytes);
      case UdpConfig udp -> udp.withReceiveLimit(bytes);
    };
  }

  /** How often something was received. */
  long served();

  /** Where it listens, or listened. */
  Address address();

  /** Begins to listen again, on the same port. */
  void restart();

  /** Stops listening; connections are broken off. */
  void stop();

  @Override
  default void close() {
    stop();
  }
}
