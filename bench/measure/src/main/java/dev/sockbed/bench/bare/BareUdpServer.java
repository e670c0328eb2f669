package dev.sockbed.bench.bare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * The least that echoes over UDP: one socket, the JDK's channels, nothing around them.
 *
 * @see BareTcpServer
 */
public final class BareUdpServer implements BareServer {
  private final DatagramChannel channel;
  private final Thread thread;
  private long bytes;
  private @Nullable IOException failure;

  /**
   * Starts it on any port of the loopback interface, in a thread of its own.
   *
   * @param limit the most bytes that one receive takes
   */
  public BareUdpServer(int limit) throws IOException {
    channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread = Thread.ofPlatform().daemon().name("sockbed-bare-udp").start(() -> serve(limit));
  }

  @Override
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  private void serve(int limit) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(limit);
    try {
      while (true) {
        SocketAddress sender = channel.receive(buffer.clear());
        bytes += channel.send(buffer.flip(), sender);
      }
    } catch (ClosedChannelException closedByClose) {
      return;
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public long bytesEchoed() throws IOException, InterruptedException {
    channel.close();
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
