package dev.sockbed.bench.jmh;

import java.io.Closeable;
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
 * The least that echoes over TCP: one connection, the JDK's channels, nothing around them.
 *
 * @see BareUdpServer
 */
final class BareTcpServer implements Closeable {
  private final ServerSocketChannel listener;
  private final Thread thread;
  private long bytes;
  private @Nullable IOException failure;

  BareTcpServer(int limit) throws IOException {
    listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread = Thread.ofPlatform().daemon().name("bare-tcp").start(() -> serve(limit));
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listener.getLocalAddress();
  }

  private void serve(int limit) {
    try (SocketChannel connection = listener.accept()) {
      connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
      ByteBuffer buffer = ByteBuffer.allocateDirect(limit);
      while (connection.read(buffer.clear()) >= 0) {
        bytes += connection.write(buffer.flip());
      }
    } catch (ClosedChannelException closedByClose) {
      return;
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Ends the server; to be called after the client has closed its end. */
  long bytesEchoed() throws IOException, InterruptedException {
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
