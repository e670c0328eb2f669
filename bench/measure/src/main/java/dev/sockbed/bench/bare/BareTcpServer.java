package dev.sockbed.bench.bare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The least that echoes over TCP: one connection at a time, the JDK's channels, nothing around
 * them.
 *
 * @see BareUdpServer
 */
public final class BareTcpServer implements BareServer {
  private final ServerSocketChannel listener;
  private final Thread thread;
  private long bytes;
  private @Nullable IOException failure;

  /**
   * Starts it on any port of the loopback interface, in a thread of its own.
   *
   * @param limit the most bytes that one receive takes
   */
  public BareTcpServer(int limit) throws IOException {
    listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread = Thread.ofPlatform().daemon().name("sockbed-bare-tcp").start(() -> serve(limit));
  }

  @Override
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listener.getLocalAddress();
  }

  private void serve(int limit) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(limit);
    try {
      while (true) {
        echo(buffer);
      }
    } catch (ClosedChannelException closedByClose) {
      return;
    } catch (IOException e) {
      failure = e;
    }
  }

  private void echo(ByteBuffer buffer) throws IOException {
    try (SocketChannel connection = listener.accept()) {
      connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
      while (connection.read(buffer.clear()) >= 0) {
        bytes += connection.write(buffer.flip());
      }
    }
  }

  @Override
  public long bytesEchoed() throws IOException, InterruptedException {
    listener.close();
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
