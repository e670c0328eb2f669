package dev.sockbed.bench.bare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * One message at a time over UDP on the JDK's channel, nothing around it.
 *
 * @see BareTcpClient
 */
public final class BareUdpClient implements BareClient {
  private final DatagramChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer reply;

  /**
   * Connects.
   *
   * @param payload bytes a message
   */
  public BareUdpClient(InetSocketAddress server, int payload) throws IOException {
    channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
    channel.connect(server);
    request = ByteBuffer.allocateDirect(payload);
    reply = ByteBuffer.allocateDirect(payload);
  }

  @Override
  public int roundTrip() throws IOException {
    channel.write(request.clear());
    reply.clear();
    channel.read(reply);
    return reply.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
