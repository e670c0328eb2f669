package dev.sockbed.bench.peers;

import dev.sockbed.common.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** The least there can be: the JDK's channels, blocking or asked again and again. */
final class ChannelContest extends BlockingContest<ByteChannel> {
  private final boolean spins;
  private final Closeable server;
  private final List<ByteChannel> channels = new ArrayList<>();
  private final ServerThreads threads = new ServerThreads();
  private final ByteBuffer message;
  private final ByteBuffer reply;

  ChannelContest(Setting setting) throws IOException {
    super(setting);
    spins = !setting.waiting().blocksAtOnce();
    message = ByteBuffer.allocateDirect(setting.payload());
    reply = ByteBuffer.allocateDirect(setting.payload());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (setting.transport() == Transport.TCP) {
      ServerSocketChannel listener = ServerSocketChannel.open().bind(anyPort);
      server = listener;
      for (int i = 0; i < setting.connections(); i++) {
        channels.add(ready(SocketChannel.open(listener.getLocalAddress())));
        SocketChannel accepted = ready(listener.accept());
        threads.start(() -> echo(accepted));
      }
    } else {
      DatagramChannel socket = udp().bind(anyPort);
      server = socket;
      blocking(socket);
      threads.start(() -> echoDatagrams(socket));
      for (int i = 0; i < setting.connections(); i++) {
        DatagramChannel channel = udp().connect(socket.getLocalAddress());
        blocking(channel);
        channels.add(channel);
      }
    }
  }

  private static DatagramChannel udp() throws IOException {
    return DatagramChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
  }

  private SocketChannel ready(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    blocking(channel);
    return channel;
  }

  private void blocking(SelectableChannel channel) throws IOException {
    channel.configureBlocking(!spins);
  }

  private void echo(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(message.capacity());
    try (channel) {
      int length;
      while ((length = channel.read(buffer.clear())) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (length == 0) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private void echoDatagrams(DatagramChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(message.capacity());
    while (channel.isOpen()) {
      SocketAddress sender = channel.receive(buffer.clear());
      if (sender == null) {
        Thread.onSpinWait();
      } else {
        channel.send(buffer.flip(), sender);
      }
    }
  }

  @Override
  List<ByteChannel> connections() {
    return channels;
  }

  @Override
  void send(ByteChannel channel) throws IOException {
    message.clear();
    while (message.hasRemaining()) {
      channel.write(message);
    }
  }

  @Override
  void flush(ByteChannel channel) {}

  @Override
  int receive(ByteChannel channel) throws IOException {
    int length;
    while ((length = channel.read(reply.clear())) == 0) {
      Thread.onSpinWait();
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    threads.closing();
    for (ByteChannel channel : channels) {
      channel.close();
    }
    server.close();
    threads.join();
  }
}
