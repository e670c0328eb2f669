package dev.sockbed.bench.peers;

import dev.sockbed.common.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The JDK's sockets as they have been since its first version. */
final class JavaNetContest extends BlockingContest<JavaNetContest.Connection> {
  /** One connection: streams or packets. */
  interface Connection extends Closeable {
    /** Sends one message. */
    void send() throws IOException;

    /** Receives once. */
    int receive() throws IOException;
  }

  private final Closeable server;
  private final List<Connection> connections = new ArrayList<>();
  private final ServerThreads threads = new ServerThreads();

  JavaNetContest(Setting setting) throws IOException {
    super(setting);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int payload = setting.payload();
    if (setting.transport() == Transport.TCP) {
      ServerSocket listener = new ServerSocket(0, setting.connections(), loopback);
      server = listener;
      for (int i = 0; i < setting.connections(); i++) {
        Socket client = new Socket(loopback, listener.getLocalPort());
        client.setTcpNoDelay(true);
        connections.add(new Stream(client, payload));
        Socket accepted = listener.accept();
        accepted.setTcpNoDelay(true);
        threads.start(() -> echo(accepted, payload));
      }
    } else {
      DatagramSocket socket = new DatagramSocket(0, loopback);
      socket.setReceiveBufferSize(4 << 20);
      server = socket;
      threads.start(() -> echoDatagrams(socket, payload));
      for (int i = 0; i < setting.connections(); i++) {
        DatagramSocket client = new DatagramSocket(0, loopback);
        client.setReceiveBufferSize(4 << 20);
        client.connect(new InetSocketAddress(loopback, socket.getLocalPort()));
        connections.add(new Packets(client, payload));
      }
    }
  }

  private static void echo(Socket accepted, int payload) throws IOException {
    byte[] bytes = new byte[payload];
    try (accepted) {
      InputStream in = accepted.getInputStream();
      OutputStream out = accepted.getOutputStream();
      int length;
      while ((length = in.read(bytes)) >= 0) {
        out.write(bytes, 0, length);
      }
    }
  }

  private static void echoDatagrams(DatagramSocket socket, int payload) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[payload], payload);
    while (true) {
      packet.setLength(payload);
      socket.receive(packet);
      socket.send(packet);
    }
  }

  @Override
  List<Connection> connections() {
    return connections;
  }

  @Override
  void send(Connection connection) throws IOException {
    connection.send();
  }

  @Override
  void flush(Connection connection) {}

  @Override
  int receive(Connection connection) throws IOException {
    return connection.receive();
  }

  @Override
  public void close() throws IOException {
    threads.closing();
    for (Connection connection : connections) {
      connection.close();
    }
    server.close();
    threads.join();
  }

  private static final class Stream implements Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] message;
    private final byte[] reply;

    Stream(Socket socket, int payload) throws IOException {
      this.socket = socket;
      in = socket.getInputStream();
      out = socket.getOutputStream();
      message = new byte[payload];
      reply = new byte[payload];
    }

    @Override
    public void send() throws IOException {
      out.write(message);
    }

    @Override
    public int receive() throws IOException {
      return in.read(reply);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static final class Packets implements Connection {
    private final DatagramSocket socket;
    private final DatagramPacket message;
    private final DatagramPacket reply;

    Packets(DatagramSocket socket, int payload) {
      this.socket = socket;
      message = new DatagramPacket(new byte[payload], payload, socket.getRemoteSocketAddress());
      reply = new DatagramPacket(new byte[payload], payload);
    }

    @Override
    public void send() throws IOException {
      socket.send(message);
    }

    @Override
    public int receive() throws IOException {
      reply.setLength(message.getLength());
      socket.receive(reply);
      return reply.getLength();
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
