package dev.sockbed.bench.link;

import dev.sockbed.bench.link.DatagramOutbox.Destination;
import dev.sockbed.bench.link.model.Fate;
import dev.sockbed.bench.link.model.LinkModel;
import dev.sockbed.bench.link.model.PacketCounts;
import dev.sockbed.common.SocketFailure;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One direction of a {@link UdpRelay}: lets the model decide about each datagram, and sends it at
 * once or when it is due. Any thread may offer datagrams, each with an outbox of its own.
 */
final class DatagramPath implements AutoCloseable {
  private final LinkModel model;
  private final int headerBytes;
  private final DelayLine<Destination> line;

  /**
   * A path whose thread runs.
   *
   * @param headerBytes of IP and UDP, which count but are never seen here
   * @param failed learns of each datagram that could not be sent
   */
  DatagramPath(LinkModel model, int headerBytes, Consumer<SocketFailure> failed) {
    this.model = model;
    this.headerBytes = headerBytes;
    line =
        new DelayLine<>(
            "sockbed-link-" + model.direction().label(),
            sender(new DatagramOutbox(failed)),
            model.counters());
  }

  private static DelayLine.Receiver<Destination> sender(DatagramOutbox outbox) {
    return new DelayLine.Receiver<>() {
      @Override
      public void arrive(Destination destination, ByteBuffer packet) {
        outbox.send(destination, packet);
      }

      @Override
      public void rest() {
        outbox.flush();
      }
    };
  }

  PacketCounts counters() {
    return model.counters();
  }

  /**
   * Lets the model decide about a datagram.
   *
   * @param client the number of the client whose datagram it is
   * @param payload from position to limit
   * @param now takes it if it is to arrive at once
   */
  void offer(long client, Destination destination, ByteBuffer payload, DatagramOutbox now) {
    Fate fate;
    long nowNanos;
    synchronized (model) {
      nowNanos = System.nanoTime();
      fate = model.offer(nowNanos, payload.remaining() + headerBytes, client);
    }
    if (fate.drop() != null) {
      return;
    }
    if (fate.corrupted()) {
      flip(payload, fate.flippedBit());
    }
    if (fate.copied()) {
      line.add(fate.copyArrivalNanos(), destination, payload);
    }
    if (fate.arrivalNanos() - nowNanos > 0) {
      line.add(fate.arrivalNanos(), destination, payload);
    } else {
      now.send(destination, payload);
      model.counters().deliver(0);
    }
  }

  /** A bit of the headers, which the relay never sees, stands for one of the payload. */
  private static void flip(ByteBuffer payload, long bit) {
    if (payload.hasRemaining()) {
      long inPayload = bit % (8L * payload.remaining());
      int index = (int) (inPayload / 8);
      payload.put(index, (byte) (payload.get(index) ^ (0x80 >> (inPayload % 8))));
    }
  }

  /** Forgets what is under way and ends the thread. */
  @Override
  public void close() {
    line.close();
  }
}
