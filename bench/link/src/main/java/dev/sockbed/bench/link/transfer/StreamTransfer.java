package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.BlockingSocket;
import dev.sockbed.common.socket.TcpListener;
import dev.sockbed.common.socket.TcpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file over a connection of its own, from its connect to its last byte.
 *
 * @see DatagramTransfer
 */
final class StreamTransfer implements Transfer {
  private final TcpListener listener;
  private final TcpConfig config;
  private final Direction direction;
  private final int bytes;
  private final Receipt receipt;
  private @Nullable InetSocketAddress remote;
  private @Nullable TcpSocket near;
  private volatile @Nullable TcpSocket far;
  private volatile boolean closed;

  private StreamTransfer(TcpListener listener, TcpConfig config, Direction direction, int bytes) {
    this.listener = listener;
    this.config = config;
    this.direction = direction;
    this.bytes = bytes;
    receipt = new Receipt(bytes);
  }

  static StreamTransfer listen(
      Address local, Variant variant, Direction direction, int bytes, Duration patience)
      throws SocketFailure {
    TcpConfig config =
        variant.applied(
            TcpConfig.DEFAULT
                .withReceiveLimit(FileBytes.LONGEST_PIECE)
                .withConnectTimeout(patience)
                .withSendTimeout(patience));
    InetSocketAddress end = local.literal();
    TcpListener listener = TcpListener.open(AddressFamily.of(end.getAddress()), config);
    try {
      listener.bind(end);
      listener.listen(1);
      return new StreamTransfer(listener, config, direction, bytes);
    } catch (SocketFailure e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public Address address() {
    return Address.of(Transport.TCP, listener.localAddress());
  }

  @Override
  public void open(Address remote) throws SocketFailure {
    InetSocketAddress end = remote.literal();
    this.remote = end;
    near = TcpSocket.open(AddressFamily.of(end.getAddress()), config);
  }

  @Override
  public void near(CountedThreads threads) throws SocketFailure {
    TcpSocket socket = Objects.requireNonNull(near);
    socket.connect(Objects.requireNonNull(remote));
    if (direction == Direction.UP) {
      send(socket);
    } else {
      receive(socket);
    }
  }

  @Override
  public void far(CountedThreads threads) throws SocketFailure, InterruptedException {
    try (TcpSocket socket = listener.accept()) {
      far = socket;
      if (closed) {
        return; // It was closed before it could be told of this socket.
      }
      if (direction == Direction.UP) {
        receive(socket);
      } else {
        send(socket);
      }
      receipt.await(Long.MAX_VALUE); // Closing a socket with bytes unread breaks the stream off.
    }
  }

  private void send(TcpSocket socket) throws SocketFailure {
    for (int offset = 0; offset < bytes; offset += FileBytes.LONGEST_PIECE) {
      socket.send(FileBytes.piece(offset, Math.min(FileBytes.LONGEST_PIECE, bytes - offset)));
    }
    socket.shutdownOutput();
  }

  private void receive(TcpSocket socket) throws SocketFailure {
    ByteBuffer piece = ByteBuffer.allocateDirect(FileBytes.LONGEST_PIECE);
    int offset = 0;
    while (offset < bytes) {
      int came = socket.receive(piece.clear(), FileBytes.LONGEST_PIECE);
      if (came == BlockingSocket.END_OF_STREAM) {
        receipt.end();
        return;
      }
      if (!FileBytes.areThere(offset, piece.flip())) {
        receipt.damage();
        return;
      }
      offset += came;
      receipt.came(came);
    }
  }

  @Override
  public Receipt receipt() {
    return receipt;
  }

  @Override
  public long resent() {
    return 0;
  }

  @Override
  public @Nullable String congestionControl() {
    try {
      return Objects.requireNonNull(near).options().congestionControl();
    } catch (SocketFailure e) {
      return null; // It is closed already, and can't be asked.
    }
  }

  @Override
  public void close() {
    closed = true;
    receipt.end();
    listener.close();
    if (near != null) {
      near.close();
    }
    TcpSocket accepted = far;
    if (accepted != null) {
      accepted.close();
    }
  }
}
