package dev.sockbed.bench.bare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One message at a time over TCP on the JDK's channel, nothing around it.
 *
 * @see BareUdpClient
 */
public final class BareTcpClient implements BareClient {
  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer reply;

  /**
   * Connects.
   *
   * @param payload bytes a message
   */
  public BareTcpClient(InetSocketAddress server, int payload) throws IOException {
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(payload);
  }

  @Override
  public int roundTrip() throws IOException {
    channel.write(request.clear());
    reply.clear();
    while (reply.hasRemaining()) {
      if (channel.read(reply) < 0) {
        throw new IOException("the server closed");
      }
    }
    return reply.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
