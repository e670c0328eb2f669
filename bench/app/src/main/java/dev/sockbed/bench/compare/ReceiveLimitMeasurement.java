package dev.sockbed.bench.compare;

import dev.sockbed.bench.result.ReceiveLimitDetail;
import dev.sockbed.common.Address;
import dev.sockbed.common.Outcome;
import dev.sockbed.common.SocketConfig;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import dev.sockbed.common.Transport;
import dev.sockbed.common.socket.BlockingSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What becomes of messages around the receive limit: pairs of them are sent back to back, and each
 * receive of their echo is looked at. Over TCP the receiver gets all the bytes, in pieces that need
 * not be the messages; over UDP it gets the messages, but not all their bytes.
 */
final class ReceiveLimitMeasurement implements AutoCloseable {
  private static final int PAIR = 2;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final BlockingSocket socket;
  private final Transport transport;
  private final int limit;
  private final int size;
  private final ByteBuffer message;
  private final ByteBuffer received;

  private List<Integer> receives = List.of();
  private long splits;
  private long merges;
  private long truncations;

  ReceiveLimitMeasurement(Address server, SocketConfig config, int sizeBytes) throws SocketFailure {
    this(server, config, sizeBytes, TIMEOUT);
  }

  /**
   * A measurement between a server and a socket of its own.
   *
   * @param timeout after which what has not come back is given up
   */
  ReceiveLimitMeasurement(Address server, SocketConfig config, int sizeBytes, Duration timeout)
      throws SocketFailure {
    this.transport = config.transport();
    this.limit = config.receiveLimit();
    this.size = sizeBytes;
    this.message = ByteBuffer.allocateDirect(sizeBytes);
    this.received = ByteBuffer.allocateDirect(PAIR * Math.max(sizeBytes, limit) + limit);
    for (int i = 0; i < sizeBytes; i++) {
      message.put((byte) i);
    }
    this.socket = BlockingSocket.connected(server, config.withReceiveTimeout(timeout));
  }

  /** Sends pairs until time is up or it is cancelled. */
  Tally run(Duration duration, BooleanSupplier cancelled) throws SocketFailure {
    Tally tally = new Tally();
    long start = System.nanoTime();
    while (System.nanoTime() - start < duration.toNanos() && !cancelled.getAsBoolean()) {
      sendPair(tally);
    }
    tally.elapsed(System.nanoTime() - start);
    return tally;
  }

  /** What the receiver saw, over all the pairs; the receives are those of the last pair. */
  ReceiveLimitDetail detail() {
    return new ReceiveLimitDetail(limit, size, receives, splits, merges, truncations);
  }

  private void sendPair(Tally tally) throws SocketFailure {
    long start = System.nanoTime();
    for (int i = 0; i < PAIR; i++) {
      socket.send(message.rewind());
    }
    List<Integer> lengths = new ArrayList<>();
    received.clear();
    int expected = PAIR * size;
    // A stream is over when its bytes are back; datagrams are when there were as many.
    while (transport == Transport.TCP ? sum(lengths) < expected : lengths.size() < PAIR) {
      int length;
      try {
        length = socket.receive(received, limit);
      } catch (SocketFailure e) {
        if (e.error() != SocketError.TIMED_OUT) {
          throw e;
        }
        break;
      }
      if (length == BlockingSocket.END_OF_STREAM) {
        break;
      }
      lengths.add(length);
    }
    long nanos = System.nanoTime() - start;
    receives = lengths;
    switch (transport) {
      case TCP -> judgeStream(lengths, tally, nanos);
      case UDP -> judgeDatagrams(lengths, tally, nanos);
    }
  }

  private void judgeStream(List<Integer> lengths, Tally tally, long nanos) {
    int bytes = sum(lengths);
    for (int i = 0; i < PAIR; i++) {
      int begin = i * size;
      int end = Math.min(begin + size, bytes);
      tally.count(judge(begin, Math.max(0, end - begin)), nanos);
      if (receivesTouching(lengths, begin, end) > 1) {
        splits++;
      }
    }
    int position = 0;
    for (int length : lengths) {
      if (position / size < (position + length - 1) / size) {
        merges++;
      }
      position += length;
    }
  }

  private void judgeDatagrams(List<Integer> lengths, Tally tally, long nanos) {
    int position = 0;
    for (int i = 0; i < PAIR; i++) {
      if (i >= lengths.size()) {
        tally.count(Outcome.LOST, nanos);
        continue;
      }
      Outcome outcome = judge(position, lengths.get(i));
      if (outcome == Outcome.TRUNCATED) {
        truncations++;
      }
      tally.count(outcome, nanos);
      position += lengths.get(i);
    }
  }

  /** The fate of the message of which {@code length} bytes were received at {@code begin}. */
  private Outcome judge(int begin, int length) {
    if (length == 0) {
      return Outcome.LOST;
    }
    ByteBuffer part = received.slice(begin, Math.min(length, size));
    if (message.rewind().mismatch(part) != (length == size ? -1 : length)) {
      return Outcome.CORRUPT;
    }
    return length == size ? Outcome.OK : Outcome.TRUNCATED;
  }

  private static int receivesTouching(List<Integer> lengths, int begin, int end) {
    int touching = 0;
    int position = 0;
    for (int length : lengths) {
      if (position < end && position + length > begin) {
        touching++;
      }
      position += length;
    }
    return touching;
  }

  private static int sum(List<Integer> lengths) {
    return lengths.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    socket.close();
  }
}
