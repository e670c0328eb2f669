package dev.sockbed.bench.link.transfer;

import dev.sockbed.bench.link.model.Direction;
import dev.sockbed.bench.result.Variant;
import dev.sockbed.common.Address;
import dev.sockbed.common.AddressFamily;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.UdpConfig;
import dev.sockbed.common.socket.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file as datagrams of at most 1,200 bytes: the piece's number and the number of the sending, 4
 * bytes each (big-endian), then the piece. Each is acknowledged by its first 8 bytes. Where the
 * file comes down, it is asked for by a datagram of 8 bytes, all ones.
 *
 * @see StreamTransfer
 */
final class DatagramTransfer implements Transfer {
  private static final int HEADER_BYTES = 8;

  /** What every path on the Internet takes (RFC 9000, section 14). */
  private static final int LONGEST_DATAGRAM = 1_200;

  private static final int PIECE_BYTES = LONGEST_DATAGRAM - HEADER_BYTES;
  private static final long REQUEST = -1;
  private static final Duration ASKED_AGAIN = Duration.ofMillis(200);
  private static final int BUFFER_BYTES = 4 << 20;
  private static final long LONGEST_PAUSE_NANOS = 100_000_000;
  private static final long LAST_ONES_NANOS = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final UdpSocket far;
  private final boolean sendsAgain;
  private final Direction direction;
  private final int bytes;
  private final Receipt receipt;
  private final Flight flight;
  private @Nullable UdpSocket near;

  private DatagramTransfer(UdpSocket far, boolean sendsAgain, Direction direction, int bytes) {
    this.far = far;
    this.sendsAgain = sendsAgain;
    this.direction = direction;
    this.bytes = bytes;
    receipt = new Receipt(bytes);
    flight = new Flight(Math.ceilDiv(bytes, PIECE_BYTES), sendsAgain);
  }

  static DatagramTransfer listen(Address local, Variant variant, Direction direction, int bytes)
      throws SocketFailure {
    InetSocketAddress end = local.literal();
    UdpSocket socket = UdpSocket.open(AddressFamily.of(end.getAddress()), config());
    try {
      socket.bind(end);
      return new DatagramTransfer(socket, variant.attempts() > 1, direction, bytes);
    } catch (SocketFailure e) {
      socket.close();
      throw e;
    }
  }

  private static UdpConfig config() {
    return UdpConfig.DEFAULT
        .withReceiveLimit(LONGEST_DATAGRAM)
        .withReceiveBufferBytes(BUFFER_BYTES)
        .withReceiveTimeout(ASKED_AGAIN);
  }

  @Override
  public Address address() {
    return Address.of(Transport.UDP, far.localAddress());
  }

  @Override
  public void open(Address remote) throws SocketFailure {
    near = UdpSocket.connected(remote, config());
  }

  @Override
  public void near(CountedThreads threads) throws SocketFailure, InterruptedException {
    DatagramEnd end = new DatagramEnd(Objects.requireNonNull(near), true);
    if (direction == Direction.UP) {
      send(end, threads);
    } else {
      receive(end, true);
    }
  }

  @Override
  public void far(CountedThreads threads) throws SocketFailure, InterruptedException {
    DatagramEnd end = new DatagramEnd(far, false);
    if (direction == Direction.UP) {
      receive(end, false);
    } else {
      awaitRequest(end);
      send(end, threads);
    }
  }

  private static void awaitRequest(DatagramEnd end) throws SocketFailure {
    ByteBuffer request = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    ByteBuffer came;
    do {
      came = end.receive(request);
    } while (came == null || came.remaining() != HEADER_BYTES || came.getLong(0) != REQUEST);
  }

  /** Also acknowledges what comes twice, since the first acknowledgement may be lost. */
  private void receive(DatagramEnd end, boolean asks) throws SocketFailure {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    ByteBuffer reply = ByteBuffer.allocateDirect(HEADER_BYTES);
    BitSet there = new BitSet();
    if (asks) {
      end.send(reply.putLong(0, REQUEST));
    }
    while (end.isOpen()) {
      ByteBuffer came = end.receive(buffer);
      if (came == null) {
        if (asks && sendsAgain && there.isEmpty()) {
          end.send(reply.clear().putLong(0, REQUEST));
        }
        continue;
      }
      if (came.remaining() <= HEADER_BYTES) {
        continue;
      }
      long header = came.getLong();
      int piece = (int) (header >>> Integer.SIZE);
      if (!isPiece(piece, came)) {
        receipt.damage();
        return;
      }
      if (!there.get(piece)) {
        there.set(piece);
        receipt.came(came.remaining());
      }
      end.send(reply.clear().putLong(0, header));
    }
  }

  private boolean isPiece(int piece, ByteBuffer came) {
    return piece >= 0
        && piece < Math.ceilDiv(bytes, PIECE_BYTES)
        && came.remaining() == length(piece)
        && FileBytes.areThere((long) piece * PIECE_BYTES, came);
  }

  private int length(int piece) {
    return (int) Math.min(PIECE_BYTES, bytes - (long) piece * PIECE_BYTES);
  }

  /** Sends in the calling thread; acknowledgements are taken by another. */
  private void send(DatagramEnd end, CountedThreads threads)
      throws SocketFailure, InterruptedException {
    threads.start("sockbed-transfer-acknowledgements", () -> takeAcknowledgements(end));
    ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    for (Flight.Sending next = awaitNext(); next != null; next = awaitNext()) {
      datagram.clear().putInt(next.piece()).putInt(next.number());
      datagram.put(FileBytes.piece((long) next.piece() * PIECE_BYTES, length(next.piece())));
      end.send(datagram.flip());
    }
    receipt.await(LAST_ONES_NANOS); // What was given up may only be slow.
    receipt.end();
  }

  /** Waits until there is something to send; null if nothing will be. */
  private Flight.@Nullable Sending awaitNext() throws InterruptedException {
    synchronized (flight) {
      while (!flight.isOver() && isOpen()) {
        long now = System.nanoTime();
        Flight.Sending sending = flight.next(now);
        if (sending != null) {
          return sending;
        }
        long pause = Math.min(LONGEST_PAUSE_NANOS, flight.lookAgainNanos(now));
        flight.wait(1 + pause / NANOS_PER_MILLI);
      }
      return null;
    }
  }

  private void takeAcknowledgements(DatagramEnd end) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    try {
      while (end.isOpen()) {
        ByteBuffer came = end.receive(buffer);
        if (came != null && came.remaining() == HEADER_BYTES) {
          synchronized (flight) {
            flight.acknowledge(came.getInt(Integer.BYTES), came.getInt(0), System.nanoTime());
            flight.notifyAll();
          }
        }
      }
    } catch (SocketFailure closed) {
      synchronized (flight) {
        flight.notifyAll(); // The sender looks whether it is closed.
      }
    }
  }

  private boolean isOpen() {
    return far.isOpen() && near != null && near.isOpen();
  }

  @Override
  public Receipt receipt() {
    return receipt;
  }

  @Override
  public long resent() {
    synchronized (flight) {
      return flight.resent();
    }
  }

  @Override
  public @Nullable String congestionControl() {
    return null;
  }

  @Override
  public void close() {
    far.close();
    if (near != null) {
      near.close();
    }
  }
}
